/** Messages that answer an interaction: the acknowledgement of a command, and what comes to a response_url. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { filledBlocks } from './blocks.ts';
import { bodyOf, fieldsOf, reply } from './http.ts';
import { type Json, objects, parseObject, textOf } from './json.ts';
import { composed, type Draft, edit, filledAttachments, post, remove } from './messages.ts';
import { messageProblems } from './methods/checked.ts';
import { bot } from './people.ts';
import type { ResponseUrl } from './response-url.ts';
import type { Slack } from './slack.ts';
import { normalise } from './text.ts';
import type { Block, Message } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

const blocksOf = (payload: Json): Block[] | undefined =>
  Array.isArray(payload.blocks)
    ? objects(payload.blocks).map((block) => ({ ...block, type: String(block.type) }))
    : undefined;

function draftOf(payload: Json, thread?: string): Draft {
  const blocks = blocksOf(payload);
  const attachments = Array.isArray(payload.attachments) ? objects(payload.attachments) : undefined;
  const inThread = textOf(payload.thread_ts) ?? thread;
  return {
    user: bot.userId,
    byBot: true,
    text: textOf(payload.text) ?? '',
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(inThread && { thread: inThread }),
  };
}

export const saysSomething = (payload: Json) =>
  Boolean(textOf(payload.text)) || objects(payload.blocks).length > 0 || objects(payload.attachments).length > 0;

/** Shows it to the person alone, or to the channel when it asks for that. */
export function answerWith(
  slack: Slack,
  channel: ChannelRecord,
  user: string,
  payload: Json,
  thread?: string,
): Message {
  const draft = draftOf(payload, thread);
  if (payload.response_type === 'in_channel') return post(slack, channel, draft);
  const message = { ...composed(slack, channel, draft), ephemeralFor: user };
  slack.ephemerals.add(user, message);
  slack.workspace.changed({ kind: 'ephemeral', user, message });
  return message;
}

/** Why Slack would not show this payload. */
export function payloadTrouble(slack: Slack, payload: Json): string | undefined {
  const blocks = blocksOf(payload);
  const attachments = objects(payload.attachments);
  const problems = messageProblems({ text: textOf(payload.text) ?? '', ...(blocks && { blocks }), attachments });
  if (problems.length === 0) return undefined;
  const what = problems.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`).join('; ');
  slack.ledger.violation('invalid-blocks', what, payload);
  return 'invalid_blocks';
}

function replaceOriginal(slack: Slack, channel: ChannelRecord, url: ResponseUrl, payload: Json) {
  const { original } = url;
  if (!original) {
    url.original = answerWith(slack, channel, url.user, payload, url.thread);
    return;
  }
  const { text, blocks, attachments } = draftOf(payload);
  if (!original.ephemeralFor) {
    if (!blocks) delete original.blocks;
    edit(slack, channel, original, bot.userId, {
      text,
      ...(blocks && { blocks: blocks.map((block) => ({ ...block, type: String(block.type) })) }),
      ...(attachments && { attachments }),
    });
    return;
  }
  const id = () => slack.workspace.nextId('b').slice(-5);
  original.text = normalise(text);
  original.blocks = blocks ? filledBlocks(blocks, id) : [];
  original.attachments = attachments ? filledAttachments(attachments, id) : [];
  slack.workspace.changed({ kind: 'ephemeral', user: url.user, message: original });
}

/** Taken away from before the one person who saw it. */
export function dismiss({ ephemerals, workspace }: Slack, user: string, message: Message) {
  ephemerals.remove(user, message);
  workspace.changed({ kind: 'ephemeral', user, message: { ...message, deleted: true } });
}

function deleteOriginal(slack: Slack, channel: ChannelRecord, { original, user }: ResponseUrl) {
  if (original?.ephemeralFor) dismiss(slack, user, original);
  else if (original) remove(slack, channel, original);
}

function apply(slack: Slack, url: ResponseUrl, payload: Json): string | undefined {
  const channel = slack.workspace.channels.get(url.channel);
  if (!channel) return 'channel_not_found';
  if (payload.delete_original === true || payload.delete_original === 'true') {
    deleteOriginal(slack, channel, url);
    return undefined;
  }
  if (!saysSomething(payload)) return 'no_text';
  const trouble = payloadTrouble(slack, payload);
  if (trouble) return trouble;
  if (payload.replace_original === true || payload.replace_original === 'true')
    replaceOriginal(slack, channel, url, payload);
  else {
    const posted = answerWith(slack, channel, url.user, payload, url.thread);
    url.original ??= posted;
  }
  return undefined;
}

export async function handleResponseUrl(slack: Slack, request: IncomingMessage, response: ServerResponse) {
  const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
  const fields = (await fieldsOf(request, await bodyOf(request))) ?? {};
  const payload = typeof fields.payload === 'string' ? (parseObject(fields.payload) ?? {}) : fields;
  const entry = slack.ledger.call({
    kind: 'call',
    method: 'response_url',
    args: payload,
    applied: false,
    reply: { ok: false, status: 0 },
    ms: 0,
  });
  const answer = (status: number, error?: string) => {
    entry.reply = { ok: !error, status, ...(error && { error }) };
    entry.applied = !error;
    reply(response, status, error ? { ok: false, error } : 'ok');
  };
  const { fault } = slack.faults.forCall('response_url', []);
  if (fault) entry.fault = fault.kind;
  if (slack.faults.isOut() || fault?.kind === 'error-before') return answer(503, 'service_unavailable');
  if (fault?.kind === 'lost-request') return request.socket.destroy();
  const url = slack.responseUrls.use(path);
  if (typeof url === 'string') {
    const kind = url === 'expired_url' ? 'response-url-expired' : 'response-url-overused';
    slack.ledger.violation(kind, `a response_url was called: ${url}`, { path });
    return answer(404, url);
  }
  const error = apply(slack, url, payload);
  entry.notifies = url.original?.notifies;
  if (fault?.kind === 'lost-reply') return request.socket.destroy();
  return error ? answer(error === 'invalid_blocks' ? 400 : 404, error) : answer(200);
}
