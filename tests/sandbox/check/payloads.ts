/** Payloads to be checked, and the two questions asked of them: is it accepted, is it refused as Slack would. */
import { describe, expect, it } from '@jest/globals';
import { checkMessage, checkView, type Problem } from '../../../sandbox/check.ts';

export type Block = Record<string, unknown>;
/** What is said, and where below the thing under test. */
export type Refusal = [what: string, given: unknown, pointer: string, message: string];
export type Check = (given: unknown) => Problem[];
export type Range = [what: string, min: number, max: number, make: (count: number) => unknown, pointer: string];
export type Limit = [what: string, max: number, make: (text: string) => unknown, pointer: string];
export type Acceptance = [what: string, given: unknown];

export const long = (length: number) => 'x'.repeat(length);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const option = (value: string, text = value) => ({ text: plain(text), value });
export const button = { type: 'button', text: plain('Press') };
export const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A chart' };
export const video = {
  type: 'video',
  video_url: 'https://example.com/v',
  thumbnail_url: 'https://example.com/t.png',
  alt_text: 'The demo',
  title: plain('The demo'),
};
export const section = { type: 'section', text: mrkdwn('Checkout is failing') };
export const input = (element: unknown, more: Block = {}) => ({
  type: 'input',
  label: plain('Title'),
  element,
  ...more,
});
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
export const words = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
export const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements });
export const modal = (blocks: unknown, more: Block = {}) => ({
  type: 'modal',
  title: plain('Declare'),
  submit: plain('Declare'),
  blocks,
  ...more,
});
export const home = (blocks: unknown) => ({ type: 'home', blocks });

export const inMessage = (block: unknown) => checkMessage({ text: 'words', blocks: [block] });
export const inModal = (block: unknown) => checkView(modal([block]));
export const inHome = (block: unknown) => checkView(home([block]));

export function refuses(place: string, check: Check, at: string, rows: Refusal[]) {
  describe(place, () => {
    it.each(rows)('refuses %s', (_, given, pointer, message) => {
      expect(check(given)).toEqual([{ pointer: `${at}${pointer}`, message }]);
    });
  });
}

export function accepts(place: string, check: Check, rows: Acceptance[]) {
  describe(place, () => {
    it.each(rows)('accepts %s', (_, given) => {
      expect(check(given)).toEqual([]);
    });
  });
}

/** Text of the greatest length is accepted, one character more is refused. */
export function limits(place: string, check: Check, at: string, rows: Limit[]) {
  describe(place, () => {
    it.each(rows)('has %s up to its limit', (_, max, make, pointer) => {
      expect(check(make(long(max)))).toEqual([]);
      expect(check(make(long(max + 1)))).toEqual([{ pointer: `${at}${pointer}`, message: tooLong(max) }]);
    });
  });
}

/** As few and as many as may be are accepted, one fewer or one more is refused. */
export function counts(place: string, check: Check, at: string, rows: Range[]) {
  describe(place, () => {
    it.each(rows)('has %s by the number', (_, min, max, make, pointer) => {
      const refusal = (message: string) => [{ pointer: `${at}${pointer}`, message }];
      expect([min, max].flatMap((count) => check(make(count)))).toEqual([]);
      if (min > 0) expect(check(make(min - 1))).toEqual(refusal(tooFew(min)));
      expect(check(make(max + 1))).toEqual(refusal(tooMany(max)));
    });
  });
}

/** The smallest and the greatest number are accepted, what lies beside them is refused. */
export function ranges(place: string, check: Check, at: string, rows: Range[]) {
  describe(place, () => {
    it.each(rows)('has %s within its range', (_, min, max, make, pointer) => {
      const refusal = (message: string) => [{ pointer: `${at}${pointer}`, message }];
      expect([min, max].flatMap((value) => check(make(value)))).toEqual([]);
      expect(check(make(min - 1))).toEqual(refusal(`must be greater than or equal to ${min}`));
      if (max < endless) expect(check(make(max + 1))).toEqual(refusal(`must be less than or equal to ${max}`));
      expect(check(make(min + 0.5))).toEqual(refusal('must provide an integer'));
    });
  });
}

export const endless = Number.MAX_SAFE_INTEGER;

export const tooLong = (max: number) => `must be less than ${max + 1} characters`;
export const tooMany = (max: number) => `no more than ${max} items allowed`;
export const tooFew = (min: number) => `no fewer than ${min} items allowed`;
export const empty = 'must be more than 0 characters';
export const missing = (name: string) => `missing required field: ${name}`;
export const unknownKey = (name: string) => `invalid additional property: ${name}`;
export const unsupported = (type: string) => `unsupported type: ${type}`;

export const inActions = (element: unknown) => inMessage(actions(element));
export const select = { type: 'static_select', options: [option('sev1'), option('sev2')] };
export const confirm = { title: plain('Sure?'), text: mrkdwn('It *pages*.'), confirm: plain('Yes'), deny: plain('No') };
export const boxes = { type: 'checkboxes', options: [option('a'), { ...option('b'), text: mrkdwn('*b*') }] };

export const workflow = {
  type: 'workflow_button',
  action_id: 'run',
  text: plain('Run'),
  workflow: { trigger: { url: 'https://slack.com/shortcuts/a' } },
};

export const inInput = (element: unknown) => inModal(input(element));
export const line = { type: 'plain_text_input' };
export const number = { type: 'number_input', is_decimal_allowed: false };

export const inRichText = (element: unknown) => inMessage(richText(element));
export const leaf = (element: unknown) => inRichText({ type: 'rich_text_section', elements: [element] });
export const bullets = { type: 'rich_text_list', style: 'bullet', elements: [words('a')] };

export const cell = { type: 'raw_text', text: 'a' };
export const table = (rows: unknown, more: Block = {}) => ({ type: 'table', rows, ...more });
export const data = (rows: unknown, more: Block = {}) => ({ type: 'data_table', caption: 'Incidents', rows, ...more });

export const chart = (given: unknown, title = 'Durations') => ({ type: 'data_visualization', title, chart: given });
export const points = (...labels: string[]) => labels.map((label) => ({ label, value: 1 }));
export const bars = (series: unknown, categories = ['May', 'June']) =>
  chart({ type: 'bar', series, axis_config: { categories } });

export const axes = (more: Block) =>
  chart({
    type: 'line',
    series: [{ name: 'a', data: points('May') }],
    axis_config: { categories: ['May'], ...more },
  });

export function press(actionId: string) {
  return { ...button, action_id: actionId };
}

export function pie(...segments: [string, unknown][]) {
  return { type: 'pie', segments: segments.map(([label, value]) => ({ label, value })) };
}

export function card() {
  return { type: 'card', hero_image: image, title: mrkdwn('INC-7'), actions: [button] };
}

export function container(more: Block = {}) {
  return { type: 'container', title: plain('Impact'), child_blocks: [section], ...more };
}

export function feedback() {
  return {
    type: 'feedback_buttons',
    positive_button: { text: plain('Good'), value: 'good' },
    negative_button: { text: plain('Bad'), value: 'bad' },
  };
}

export const contextActions = (...elements: unknown[]) => ({ type: 'context_actions', elements });

export function trash() {
  return { type: 'icon_button', icon: 'trash', text: plain('Remove'), visible_to_user_ids: ['U1'] };
}

export const amongOptions = 'must exactly match one of the provided options';
