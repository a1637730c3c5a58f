/** One line of the traffic: what passed between the bot and Slack or PagerDuty, read for people. */
import type { CallEntry, DeliveryEntry, LedgerEntry, Violation } from '../../wire.ts';

export type Kind = 'delivery' | 'call' | 'violation';

export type Row = {
  id: string;
  /** epoch ms on the sandbox clock */
  at: number;
  kind: Kind;
  title: string;
  /** what became of it, in a word or two */
  outcome: string;
  /** real milliseconds */
  ms?: number;
  tone: 'good' | 'waiting' | 'slow' | 'bad';
  /** a fault of the weather that struck it */
  fault?: string;
  detail: unknown;
};

/** Slack gives an app three seconds. */
const tooSlowMs = 3000;

export function rowOf(entry: LedgerEntry): Row {
  return entry.kind === 'call' ? callRow(entry) : deliveryRow(entry);
}

function callRow({ seq, at, method, reply, fault, ms, applied, args, notifies }: CallEntry): Row {
  const limited = reply.status === 429 || reply.error === 'ratelimited';
  return {
    id: `e${seq}`,
    at,
    kind: 'call',
    title: method,
    outcome: reply.ok ? 'ok' : (reply.error ?? String(reply.status)),
    ms,
    tone: reply.ok ? 'good' : limited ? 'slow' : 'bad',
    ...(fault && { fault }),
    detail: { args, reply, applied, ...(notifies && { notifies }) },
  };
}

const outcomes: Record<DeliveryEntry['outcome'], [string, Row['tone']]> = {
  pending: ['on its way', 'waiting'],
  acked: ['acknowledged', 'good'],
  timeout: ['no answer in 3 s', 'bad'],
  failed: ['failed', 'bad'],
  dropped: ['dropped', 'slow'],
  'given-up': ['given up', 'bad'],
};

function deliveryRow(entry: DeliveryEntry): Row {
  const { seq, at, type, subtype, outcome, ackMs, attempts, payload, ack, via, key } = entry;
  const [words, tone] = outcomes[outcome];
  const late = ackMs !== undefined && ackMs > tooSlowMs;
  return {
    id: `e${seq}`,
    at,
    kind: 'delivery',
    title: `${nameOf(type, payload)}${subtype ? ` (${subtype})` : ''}`,
    outcome: attempts > 1 ? `${words}, attempt ${attempts}` : words,
    ...(ackMs !== undefined && { ms: ackMs }),
    tone: late ? 'bad' : tone,
    detail: { key, via, attempts, payload, ...(ack && { ack }) },
  };
}

/** A command by its words, a press by its button. */
function nameOf(type: string, payload: Record<string, unknown>): string {
  if (type === 'slash_command') return `${payload.command} ${payload.text ?? ''}`.trim();
  const [action] = Array.isArray(payload.actions) ? payload.actions : [];
  if (type === 'block_actions' && action) return `${type} ${action.action_id}`;
  const view = payload.view as { callback_id?: string } | undefined;
  if (type.startsWith('view_') && view?.callback_id) return `${type} ${view.callback_id}`;
  return type;
}

export const violationRow = ({ at, kind, what, detail }: Violation, index: number): Row => ({
  id: `v${index}`,
  at,
  kind: 'violation',
  title: what,
  outcome: kind,
  tone: 'bad',
  detail,
});

export type Filter = { kind: Kind | 'trouble' | 'all'; words: string };

export function matches({ kind, tone, title, outcome, fault, detail }: Row, filter: Filter): boolean {
  if (filter.kind === 'trouble' && tone !== 'bad' && tone !== 'slow' && !fault) return false;
  if (filter.kind !== 'trouble' && filter.kind !== 'all' && kind !== filter.kind) return false;
  const wanted = filter.words.trim().toLowerCase();
  if (wanted === '') return true;
  if (`${title} ${outcome} ${fault ?? ''}`.toLowerCase().includes(wanted)) return true;
  return JSON.stringify(detail).toLowerCase().includes(wanted);
}
