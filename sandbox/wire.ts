/** What the control API under /sandbox says: shared by the server, its client, the tests and the page. */
import { createHash } from 'node:crypto';

export const botToken = 'xoxb-sandbox-bot';
export const appToken = 'xapp-sandbox-app';
export const defaultSigningSecret = 'sandbox-signing-secret';
export const clientId = '1000000001.1000000001';
export const clientSecret = 'sandbox-client-secret';

/** The id follows from the handle, so a client can name a person without asking first. */
export function userIdOf(name: string): string {
  const plain = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (plain.length === name.length && plain.length <= 10) return `U${plain.padStart(10, '0')}`;
  return `U${createHash('sha1').update(name).digest('hex').slice(0, 10).toUpperCase()}`;
}

export type Role = 'admin' | 'member' | 'multi-channel-guest' | 'single-channel-guest' | 'stranger' | 'deactivated';

export type PersonInfo = {
  id: string;
  name: string;
  realName: string;
  email: string;
  /** IANA, as in Europe/Madrid */
  timeZone: string;
  role: Role;
  isBot: boolean;
  teamId: string;
};

export type NewPerson = { name: string; realName?: string; email?: string; timeZone?: string; role?: Role };

export type Block = { type: string; block_id?: string; [field: string]: unknown };

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };

/** Whom a message would really ring: the tokens Slack parses, not the words "@here". */
export type Notified = { users: string[]; usergroups: string[]; broadcast: ('channel' | 'here' | 'everyone')[] };

export type Message = {
  type: 'message';
  subtype?: string;
  channel: string;
  ts: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  team?: string;
  text: string;
  blocks?: Block[];
  attachments?: Record<string, unknown>[];
  metadata?: Metadata;
  thread_ts?: string;
  reply_count?: number;
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[]; count: number }[];
  files?: FileInfo[];
  pinned?: boolean;
  deleted?: boolean;
  /** set when only this person sees it */
  ephemeralFor?: string;
  notifies?: Notified;
  [field: string]: unknown;
};

export type FileInfo = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  url_private: string;
  [field: string]: unknown;
};

export type Bookmark = {
  id: string;
  channel_id: string;
  title: string;
  link: string;
  emoji: string;
  type: string;
  [field: string]: unknown;
};

export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  private: boolean;
  archived: boolean;
  topic: string;
  purpose: string;
  /** epoch seconds */
  created: number;
  creator: string;
  /** ids */
  members: string[];
  memberNames: string[];
  /** ts of the pinned messages, oldest pin first */
  pins: string[];
  bookmarks: Bookmark[];
  externallyShared: boolean;
};

export type ViewState = Record<string, Record<string, Record<string, unknown>>>;

export type View = {
  id: string;
  type: 'modal' | 'home';
  callback_id: string;
  title?: { type: string; text: string };
  submit?: { type: string; text: string } | null;
  close?: { type: string; text: string } | null;
  blocks: Block[];
  hash: string;
  private_metadata: string;
  external_id: string;
  root_view_id: string;
  previous_view_id: string | null;
  notify_on_close: boolean;
  clear_on_close: boolean;
  state: { values: ViewState };
  /** what the last submission was refused with, by block_id */
  errors?: Record<string, string>;
  [field: string]: unknown;
};

export type DeliveryOutcome = 'pending' | 'acked' | 'timeout' | 'failed' | 'dropped' | 'given-up';

export type CallEntry = {
  seq: number;
  /** epoch ms on the sandbox clock */
  at: number;
  kind: 'call';
  /**
   * a Web API method, or `response_url`, or `ack` for a message a person got as the reply to a delivery;
   * `pagerduty.events.trigger`, `pagerduty.rest.incidents.create` for PagerDuty
   */
  method: string;
  args: Record<string, unknown>;
  /** whether the workspace was changed (or read) as asked: true although the reply was lost */
  applied: boolean;
  reply: { ok: boolean; error?: string; status: number };
  fault?: string;
  /** real milliseconds until the reply left */
  ms: number;
  notifies?: Notified;
};

export type DeliveryEntry = {
  seq: number;
  at: number;
  kind: 'delivery';
  key: string;
  /** an event type ("message", "message_changed" counts as "message"), "slash_command", an interaction type, or
   *  "pagerduty.incident.acknowledged" for a webhook of PagerDuty's */
  type: string;
  subtype?: string;
  payload: Record<string, unknown>;
  attempts: number;
  /** real milliseconds between the sending and the acknowledgement */
  ackMs?: number;
  ack?: Record<string, unknown>;
  outcome: DeliveryOutcome;
  via?: 'socket' | 'http';
};

export type LedgerEntry = CallEntry | DeliveryEntry;

export type Violation = {
  at: number;
  kind:
    | 'invalid-blocks'
    | 'late-ack'
    | 'missing-ack'
    | 'view-too-large'
    | 'response-url-expired'
    | 'response-url-overused'
    | 'broadcast'
    | 'text-missing'
    | 'trigger-expired'
    | 'invalid-ack'
    | 'invalid-arguments'
    | 'missing-scope'
    | 'ratelimited'
    /** what PagerDuty asks of its callers */
    | 'pagerduty';
  what: string;
  detail: Record<string, unknown>;
};

export type CallFault = {
  id?: string;
  /**
   * `chat.postMessage`, a glob such as `chat.*`, or `*` (the default), which is all of Slack; `pagerduty.*`,
   * `pagerduty.events.*`, `pagerduty.rest.incidents.create` for PagerDuty
   */
  method?: string;
  kind:
    | 'latency'
    | 'ratelimit'
    | 'error-before'
    | 'error-after'
    | 'lost-reply'
    | 'lost-request'
    | 'late'
    | 'hang'
    | 'api-error';
  /** real milliseconds */
  ms?: number;
  /** for `late`: milliseconds on the sandbox clock instead, so that winding it is what lets the request land */
  clockMs?: number;
  /** seconds */
  retryAfter?: number;
  status?: number;
  error?: string;
  times?: number;
  probability?: number;
  /** id or name */
  channel?: string;
};

export type EventFault = {
  id?: string;
  kind: 'event-duplicate' | 'event-drop' | 'event-reorder' | 'event-late';
  /** event type or a glob; all of Slack's when absent; `pagerduty.*`, `pagerduty.incident.acknowledged` for webhooks */
  type?: string;
  times?: number;
  probability?: number;
  /** real milliseconds */
  ms?: number;
};

export type WorkspaceFault = { id?: string; kind: 'twin-channels'; times?: number; probability?: number };

/** What can be down, each by itself. */
export type OutageOf = 'slack' | 'pagerduty.rest' | 'pagerduty.events' | 'pagerduty.webhooks';

export type FaultRule = CallFault | EventFault | WorkspaceFault;

/** operation_timeout: no answer within 3 s; dispatch_failed: nobody to answer, or it answered with an error. */
export type DeliveryError = 'operation_timeout' | 'dispatch_failed' | 'unknown_command';

export type CommandResult = { ok: boolean; ackMs: number; key: string; reply?: Message; error?: DeliveryError };

export type PressResult = { ok: boolean; ackMs: number; key: string; error?: DeliveryError };

export type SubmitResult = {
  /** invalid: Slack's own client refused (a required field is empty, a text too long); nothing was delivered */
  outcome: 'closed' | 'errors' | 'updated' | 'pushed' | 'timeout' | 'failed' | 'invalid';
  errors?: Record<string, string>;
  /** what the person looks at afterwards */
  view?: View;
  ackMs?: number;
  key?: string;
};

export type Choice = { text: string; value: string };

export type BurstResult = {
  sent: number;
  acked: number;
  failed: number;
  seconds: number;
  perSecond: number;
  /** real milliseconds from sending to acknowledgement */
  latency: { p50: number; p95: number; p99: number; max: number };
};

export type BotStatus = {
  state: 'running' | 'stopped' | 'starting' | 'absent';
  pid?: number;
  restarts: number;
  /** whether it can be reached, whoever runs it */
  connected?: boolean;
};

/** Where a button, a select or an input is looked for. */
export type Place = { channel: string; ts?: string } | { view: string };

export type ElementMatch = { actionId?: string; blockId?: string; text?: string; value?: string };

export type ClockState = { now: number; running: boolean; due: number | null };

/** How far a person has read a channel, and what waits for them there. */
export type Unread = {
  /** ts of the youngest message of somebody else; unread when above `mark` */
  latest: string;
  mark: string;
  /** messages that ring this person, in a direct conversation all of them */
  badge: number;
};

export type SeenChannel = Channel & Unread;

/** What a manifest says about the app. */
export type AppFace = {
  name: string;
  about: string;
  color: string;
  commands: { command: string; description: string; hint: string }[];
  shortcuts: { name: string; kind: 'global' | 'message'; callbackId: string; description: string }[];
  homeTab: boolean;
  messagesTab: boolean;
  messagesReadOnly: boolean;
};

/** Everything a window shows but messages, which it fetches for the channel that is open. */
export type Snapshot = {
  kind: 'snapshot';
  team: string;
  person: PersonInfo;
  people: PersonInfo[];
  usergroups: { id: string; handle: string }[];
  channels: SeenChannel[];
  views: View[];
  home: View | null;
  app: AppFace;
  bot: BotStatus;
  clock: ClockState;
  violations: number;
};

/** What changed since, in the same words; only what did is there. */
export type Delta = { kind: 'delta' } & Partial<
  Pick<Snapshot, 'people' | 'usergroups' | 'channels' | 'views' | 'home' | 'bot' | 'clock' | 'violations'>
> & {
    messages?: Message[];
    /** ids of channels that this person can no longer see */
    hidden?: string[];
  };

export type History = { messages: Message[] /** there are older ones */; more: boolean };
