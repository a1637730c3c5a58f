/** Block Kit, checked as strictly as Slack does: https://docs.slack.dev/reference/block-kit */
import { anyBlock } from './check/blocks.ts';
import { plain } from './check/objects.ts';
import { anything, flag, list, type Problem, type Rule, shape, text, typed, when } from './check/rules.ts';
import { type Surface, surfaceProblems } from './check/surfaces.ts';
import { togetherProblems } from './check/together.ts';
import { walkBlocks } from './check/walk.ts';
import { isObject, type Json, objectOf } from './json.ts';

export type { Problem } from './check/rules.ts';

export type Shown = { text?: unknown; blocks?: unknown; attachments?: unknown; metadata?: unknown };

/** https://docs.slack.dev/reference/block-kit/blocks: "up to 50 blocks in each message, and 100 in modals or Home tabs". */
const mostBlocks: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
/** https://docs.slack.dev/reference/methods/chat.postMessage */
const longestText = 40_000;
const mostAttachments = 100;
/** 250 KB, by the error view_too_large of views.open. */
const largestView = 250_000;

const blockList = (surface: Surface): Rule => list(anyBlock, mostBlocks[surface], 0);

const object: Rule = (value, pointer) => when(!isObject(value), pointer, 'must provide an object');

const metadata = shape({}, { event_type: text(), event_payload: object, entities: list(anything) });

const attachment: Rule = (value, pointer) => {
  const wrong = object(value, pointer);
  const { blocks } = objectOf(value);
  return wrong.length > 0 || blocks === undefined ? wrong : blocksOn('message')(blocks, `${pointer}/blocks`);
};

const blocksOn =
  (surface: Surface): Rule =>
  (value, pointer) => [...blockList(surface)(value, pointer), ...surfaceProblems(value, pointer, surface)];

const message = shape(
  {},
  {
    text: text(longestText, 0),
    blocks: blocksOn('message'),
    attachments: list(attachment, mostAttachments, 0),
    metadata,
  },
);

export function checkMessage({ text, blocks, attachments, metadata }: Shown): Problem[] {
  const inAttachments = Array.isArray(attachments)
    ? attachments.flatMap((one, index) => walkBlocks(objectOf(one).blocks, `/attachments/${index}/blocks`))
    : [];
  return [
    ...message({ text, blocks, attachments, metadata }, ''),
    ...togetherProblems([...walkBlocks(blocks, '/blocks'), ...inAttachments], '/blocks'),
  ];
}

const common = { private_metadata: text(3000, 0), callback_id: text(255, 0), external_id: text(255, 0) };
const caption = plain(24);

const views = typed({
  modal: shape(
    { title: caption, blocks: blocksOn('modal') },
    { ...common, submit: caption, close: caption, clear_on_close: flag, notify_on_close: flag },
  ),
  home: shape({ blocks: blocksOn('home') }, common),
});

/** Slack points at the kind of block, not at the missing button. */
function inputsWithoutSubmit({ type, blocks, submit }: Json): Problem[] {
  if (type !== 'modal' || submit !== undefined) return [];
  return walkBlocks(blocks, '/view/blocks')
    .filter(({ value }) => value.type === 'input')
    .map(({ pointer }) => ({
      pointer: `${pointer}/input`,
      message: 'must define `submit` to use an `input` block in modals',
    }));
}

/** The pointers start at `/view`, the argument a view is sent in. */
export function checkView(view: unknown): Problem[] {
  const given = objectOf(view);
  return [
    ...views(view, '/view'),
    ...inputsWithoutSubmit(given),
    ...togetherProblems(walkBlocks(given.blocks, '/view/blocks'), '/view/blocks'),
    ...when(
      Buffer.byteLength(JSON.stringify(view) ?? '') > largestView,
      '/view',
      `must be less than ${largestView + 1} bytes`,
    ),
  ];
}
