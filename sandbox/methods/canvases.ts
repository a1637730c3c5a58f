import { isObject, type Json, objects, textOf } from '../json.ts';
import { bot } from '../people.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import { isPrivate } from '../workspace.ts';
import { newFile } from './files.ts';
import { type Call, demandRoom, type Method, ownChannel } from './method.ts';

/** https://docs.slack.dev/surfaces/canvases: a table has at most 300 cells. */
const mostCells = 300;
/** Slack publishes no figure; above this its clients have been seen to refuse. Characters. */
const longest = 100_000;

function contentOf(value: unknown): string {
  const markdown = isObject(value) && value.type === 'markdown' ? textOf(value.markdown) : undefined;
  if (markdown === undefined)
    return refuseArguments('invalid_arguments', ['document_content must be markdown [json-pointer:/document_content]']);
  if (markdown.length > longest) refuse('canvas_too_large');
  if (largestTable(markdown) > mostCells || /<[a-z][^>]*>/i.test(markdown.replaceAll(/<https?:[^>]*>|`[^`]*`/g, '')))
    refuse('canvas_creation_failed');
  return markdown;
}

function largestTable(markdown: string): number {
  let largest = 0;
  let cells = 0;
  for (const line of markdown.split('\n')) {
    cells = line.startsWith('|') ? cells + line.split(/(?<!\\)\|/).length - 2 : 0;
    largest = Math.max(largest, cells);
  }
  return largest;
}

/** One for each channel. */
function createForChannel(call: Call): Json {
  const { slack, args } = call;
  const channel = ownChannel(call, args.need('channel_id'));
  if (channel.archived) refuse('channel_canvas_creation_failed');
  demandRoom(channel);
  if (canvasIn(call, channel.id)) refuse('channel_canvas_already_exists');
  const markdown = args.has('document_content') ? contentOf(args.json('document_content')) : '';
  const file = newFile(slack, `${channel.name}.canvas`, bot.userId);
  Object.assign(file, {
    filetype: 'quip',
    mimetype: 'application/vnd.slack-docs',
    title: channel.name,
    bytes: Buffer.from(markdown).toString('base64'),
    size: markdown.length,
    complete: true,
    shared: [channel.id],
    is_private: isPrivate(channel),
  });
  slack.workspace.changed({ kind: 'files' });
  return { canvas_id: file.id };
}

/** The canvas of a channel, as conversations.info names it. */
export const canvasIn = ({ slack }: Pick<Call, 'slack'>, channel: string) =>
  [...slack.workspace.files.values()].find(({ filetype, shared }) => filetype === 'quip' && shared.includes(channel));

function edit({ slack, args }: Call): Json {
  const file = slack.workspace.files.get(args.need('canvas_id'));
  if (file?.filetype !== 'quip') return refuse('canvas_not_found');
  const changes = objects(args.json('changes'));
  // Slack takes one at a time.
  if (changes.length !== 1)
    refuseArguments('invalid_arguments', ['changes must have one item [json-pointer:/changes]']);
  const [change = {}] = changes;
  if (change.operation !== 'replace' && change.operation !== 'insert_at_end') refuse('canvas_editing_failed');
  const before = Buffer.from(file.bytes, 'base64').toString();
  const markdown = contentOf(change.document_content);
  const after = change.operation === 'replace' ? markdown : `${before}\n${markdown}`;
  Object.assign(file, { bytes: Buffer.from(after).toString('base64'), size: after.length });
  slack.workspace.changed({ kind: 'files' });
  return {};
}

export const canvases: Record<string, Method> = {
  'conversations.canvases.create': { tier: 'T2', scopes: ['canvases:write'], run: createForChannel },
  'canvases.edit': { tier: 'T3', scopes: ['canvases:write'], run: edit },
};
