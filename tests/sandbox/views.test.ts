import { describe, expect, it } from '@jest/globals';
import type { View } from '@slack/web-api';
import { connect, type Envelope, type Opened, open } from './open.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const input = (block_id: string, element: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: 'value', ...element },
  ...more,
});

const modal = (blocks: unknown[], more: Record<string, unknown> = {}): View =>
  ({ type: 'modal', callback_id: 'form', title: plain('Form'), submit: plain('Go'), blocks, ...more }) as View;

const title = input('title', { type: 'plain_text_input', min_length: 3, max_length: 10 });
const severity = input('severity', {
  type: 'static_select',
  initial_option: { text: plain('SEV2'), value: 'sev2' },
  options: ['sev1', 'sev2'].map((value) => ({ text: plain(value.toUpperCase()), value })),
});

type View1 = { id: string; hash: string; state: { values: Record<string, Record<string, unknown>> } };

const triggerOf = ({ payload }: Envelope) => String(payload.trigger_id);
const viewOf = ({ payload }: Envelope) => payload.view as View1;

/** ana types a command, and here is its trigger. */
async function trigger({ client }: Opened, line: Awaited<ReturnType<typeof connect>>) {
  const before = line.received.length;
  await client.as('ana').command('/incident', { channel: 'incidents' });
  const asked = line.received.slice(before).find(({ type }) => type === 'slash_commands');
  return asked ? triggerOf(asked) : '';
}

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error,
  );

const isSubmission = ({ payload }: Envelope) => payload?.type === 'view_submission';

describe('views', () => {
  it('open with a trigger once, and within three seconds', async () => {
    await using opened = await open();
    const { slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const trigger_id = await trigger(opened, line);
    const view = modal([title]);
    expect(await errorOf(slack.views.open({ trigger_id: 'made.up', view }))).toBe('invalid_trigger_id');
    expect(await errorOf(slack.views.open({ trigger_id, view }))).toBe('ok');
    expect(await errorOf(slack.views.open({ trigger_id, view }))).toBe('exchanged_trigger_id');
    const late = await trigger(opened, line);
    await new Promise((resolve) => setTimeout(resolve, 3050));
    expect(await errorOf(slack.views.open({ trigger_id: late, view }))).toBe('expired_trigger_id');
  });

  it('check the form as the client of Slack does, then deliver its values', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const who = input('who', { type: 'multi_users_select' }, { optional: true });
    const when = input('when', { type: 'datetimepicker' }, { optional: true });
    await slack.views.open({ trigger_id: await trigger(opened, line), view: modal([title, severity, who, when]) });
    const ana = client.as('ana');
    expect(await ana.submit({})).toMatchObject({ outcome: 'invalid', errors: { title: expect.any(String) } });
    expect(await ana.submit({ title: 'ab' })).toMatchObject({ outcome: 'invalid' });
    expect(await ana.submit({ title: 'x'.repeat(11) })).toMatchObject({ outcome: 'invalid' });
    const done = await ana.submit({ title: 'Checkout', who: ['ben'], when: new Date('2026-01-01T00:00:00Z') });
    expect(done.outcome).toBe('closed');
    const sent = await line.next(isSubmission);
    expect(viewOf(sent).state.values).toEqual({
      title: { value: { type: 'plain_text_input', value: 'Checkout' } },
      severity: {
        value: { type: 'static_select', selected_option: { text: { ...plain('SEV2'), emoji: true }, value: 'sev2' } },
      },
      who: { value: { type: 'multi_users_select', selected_users: [client.as('ben').id] } },
      when: { value: { type: 'datetimepicker', selected_date_time: 1_767_225_600 } },
    });
    expect(await ana.views()).toEqual([]);
  });

  it('keep what was typed when updated under the same ids, and refuse a stale hash', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const { view } = await slack.views.open({
      trigger_id: await trigger(opened, line),
      view: modal([title, severity]),
    });
    const ana = client.as('ana');
    await ana.type('title', 'Checkout', { view: 'form' });
    const view_id = view?.id ?? '';
    const fresh = await slack.views.update({ view_id, hash: view?.hash ?? '', view: modal([title]) });
    expect(fresh.view).toMatchObject({ state: { values: { title: { value: { value: 'Checkout' } } } } });
    expect(await errorOf(slack.views.update({ view_id, hash: view?.hash ?? '', view: modal([title]) }))).toBe(
      'hash_conflict',
    );
  });

  it('send presses and dispatching inputs, and stack up to three', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const more = {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'more', text: plain('More'), value: '1' }],
    };
    const lively = { ...title, dispatch_action: true };
    await slack.views.open({ trigger_id: await trigger(opened, line), view: modal([lively, more]) });
    const ana = client.as('ana');
    await ana.type('title', 'typed', { view: 'form' });
    const typed = await line.next(({ payload }) => payload?.type === 'block_actions');
    expect(typed.payload.actions).toMatchObject([{ block_id: 'title', value: 'typed' }]);
    expect(typed.payload.container).toMatchObject({ type: 'view' });
    for (const depth of [2, 3, 4]) {
      const before = line.received.length;
      await ana.press({ text: 'More' }, { view: depth === 2 ? 'form' : ((await ana.views()).at(-1)?.id ?? '') });
      const pressed = line.received.slice(before).find(({ payload }) => payload?.type === 'block_actions');
      const push = slack.views.push({ trigger_id: pressed ? triggerOf(pressed) : '', view: modal([more]) });
      expect(await errorOf(push)).toBe(depth > 3 ? 'push_limit_reached' : 'ok');
    }
    expect(await ana.views()).toHaveLength(3);
  });

  it('name files that a person added', async () => {
    await using opened = await open();
    const { slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const files = {
      type: 'input',
      block_id: 'files',
      label: plain('Files'),
      element: { type: 'file_input', action_id: 'files' },
    };
    await slack.views.open({ trigger_id: await trigger(opened, line), view: modal([files]) });
    const does = async (verb: string, body: object) => {
      const response = await fetch(`${sandbox.url}/sandbox/people/ana/${verb}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return response.json() as Promise<Record<string, unknown>>;
    };
    const { id } = await does('keep-file', { name: 'a.txt', content: 'words' });
    expect(await does('submit', { values: { files: [id] } })).toMatchObject({ outcome: 'closed' });
    const sent = await line.next(({ payload }) => payload?.type === 'view_submission');
    expect(sent.payload.view).toMatchObject({ state: { values: { files: { files: { files: [{ id }] } } } } });
  });

  it('answer a submission with errors, another view, or nothing, and can be pressed twice', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    const answers: unknown[] = [
      { response_action: 'errors', errors: { title: 'Taken' } },
      { response_action: 'update', view: modal([title], { callback_id: 'again' }) },
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { response_action: 'clear' },
      {},
    ];
    await using line = await connect(sandbox, (envelope) => (isSubmission(envelope) ? answers.shift() : {}));
    await slack.views.open({ trigger_id: await trigger(opened, line), view: modal([title]) });
    const ana = client.as('ana');
    expect(await ana.submit({ title: 'one' })).toMatchObject({ outcome: 'errors', errors: { title: 'Taken' } });
    expect(await ana.submit({})).toMatchObject({ outcome: 'updated', view: { callback_id: 'again' } });
    expect(await ana.submit({})).toMatchObject({ outcome: 'failed' });
    expect((await client.violations()).map(({ kind }) => kind)).toEqual(['invalid-ack']);
    const [view] = await ana.views();
    expect(await ana.submit({}, { view: view?.id ?? '' })).toMatchObject({ outcome: 'closed' });
    expect(await ana.submit({}, { view: view?.id ?? '' })).toMatchObject({ outcome: 'closed' });
    expect(line.received.filter(isSubmission)).toHaveLength(5);
  });

  it('tell of being closed only when asked to', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const view = modal([title], { notify_on_close: true });
    await slack.views.open({ trigger_id: await trigger(opened, line), view });
    await client.as('ana').close();
    expect((await line.next(({ payload }) => payload?.type === 'view_closed')).payload.is_cleared).toBe(false);
  });

  it('keep one external_id to one view, and give everybody a home of their own', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    await using line = await connect(sandbox);
    const view = modal([title], { external_id: 'only' });
    await slack.views.open({ trigger_id: await trigger(opened, line), view });
    await client.as('ben').command('/incident', { channel: 'incidents' });
    const bens = line.received.findLast(({ type }) => type === 'slash_commands');
    expect(await errorOf(slack.views.open({ trigger_id: bens ? triggerOf(bens) : '', view }))).toBe(
      'duplicate_external_id',
    );
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Quiet.' } }];
    await slack.views.publish({ user_id: client.as('ana').id, view: { type: 'home', blocks } as View });
    await client.as('ana').openHome();
    const opened2 = await line.next(({ payload }) => payload?.event?.type === 'app_home_opened');
    expect(opened2.payload.event).toMatchObject({ tab: 'home', view: { type: 'home' } });
    expect((await client.as('ana').home())?.blocks).toMatchObject(blocks);
    expect(await client.as('ben').home()).toBeUndefined();
  });

  it('ask the app what an external select offers', async () => {
    await using opened = await open();
    const { client, slack, sandbox } = opened;
    const options = [{ text: plain('Payments'), value: 'pay' }];
    await using line = await connect(sandbox, ({ payload }) =>
      payload.type === 'block_suggestion' ? { options } : {},
    );
    const service = input('service', { type: 'external_select', min_query_length: 0 });
    await slack.views.open({ trigger_id: await trigger(opened, line), view: modal([service]) });
    const ana = client.as('ana');
    expect(await ana.options('service', 'pa', { view: 'form' })).toEqual([{ text: 'Payments', value: 'pay' }]);
    expect(await ana.submit({ service: 'pay' })).toMatchObject({ outcome: 'closed' });
  });
});

describe('response_url', () => {
  const post = (url: string, body: unknown) =>
    fetch(url, { method: 'POST', body: JSON.stringify(body), headers: json });
  const json = { 'content-type': 'application/json' };

  it('works five times within thirty minutes, shown to one person unless told otherwise', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    await using line = await connect(sandbox);
    const ana = client.as('ana');
    await ana.command('/incident', { channel: 'incidents' });
    const asked = await line.next(({ type }) => type === 'slash_commands');
    const url = String(asked.payload.response_url);
    await post(url, { text: 'working…' });
    await post(url, { text: 'done', replace_original: true });
    expect((await ana.sees('incidents')).map(({ text, ephemeralFor }) => [text, ephemeralFor])).toEqual([
      ['done', ana.id],
    ]);
    expect(await client.messages('incidents')).toEqual([]);
    await post(url, { text: 'for all', response_type: 'in_channel' });
    expect((await client.messages('incidents')).map(({ text }) => text)).toEqual(['for all']);
    await post(url, { text: 'four' });
    expect((await post(url, { text: 'five' })).status).toBe(200);
    const sixth = await post(url, { text: 'six' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect((await client.violations()).map(({ kind }) => kind)).toEqual(['response-url-overused']);
  });

  it('replaces and deletes the message whose button was pressed, and expires', async () => {
    await using opened = await open();
    const { client, slack, sandbox, id } = opened;
    await using line = await connect(sandbox);
    const channel = await id('incidents');
    const elements = [{ type: 'button', action_id: 'ack', text: plain('Ack'), value: '1' }];
    await slack.chat.postMessage({ channel, text: 'press', blocks: [{ type: 'actions', elements }] as never });
    await client.as('ben').press({ actionId: 'ack' }, { channel: 'incidents' });
    const pressed = await line.next(({ payload }) => payload?.type === 'block_actions');
    const url = String(pressed.payload.response_url);
    await post(url, { text: 'pressed', replace_original: true });
    expect((await client.messages('incidents')).map(({ text }) => text)).toEqual(['pressed']);
    await post(url, { delete_original: true });
    expect(await client.messages('incidents')).toEqual([]);
    await client.clock.forward({ minutes: 31 });
    expect(await (await post(url, { text: 'x' })).json()).toEqual({ ok: false, error: 'expired_url' });
  });
});
