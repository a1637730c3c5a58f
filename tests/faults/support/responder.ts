import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../../sandbox/client.ts';
import type { CommandResult, SubmitResult, View } from '../../../sandbox/wire.ts';
import type { Dice } from './dice.ts';
import { keptOf } from './kept.ts';
import type { Asked, Ledger } from './ledger.ts';
import { isHelped } from './paged.ts';
import { windUntil } from './quiet.ts';
import type { World } from './world.ts';

/** Somebody who declares, keeps people posted and resolves, and who tries again when Slack shows an error. */
export interface Responder {
  declare(severity: string): Promise<void>;
  update(): Promise<void>;
  changeStatus(to: string): Promise<void>;
  changeSeverity(to: string): Promise<void>;
  /** Somebody whom no severity wakes by itself. */
  page(target: string): Promise<void>;
  /** In PagerDuty: whoever is paged takes it there, or leaves a note; whoever is asked to help answers. */
  isHelped(): Promise<void>;
  resolve(): Promise<void>;
  /** A form that nobody answered may have declared as well: whoever finds two of one thing ends one. */
  endTwins(): Promise<void>;
}

/** What an impatient person lets pass before typing again. Real milliseconds. */
const pauseBetweenTries = 40;
/** How long a bot may stay away before its people are lost: many times what a start takes on a busy machine. Real milliseconds. */
const patience = 30_000;
/** Nobody fills a form faster than this. Real milliseconds. */
const readingTime = 50;

/** How a try ended: without an answer, done, or with a form that has to be filled again. */
type Try = 'done' | 'again';

export function createResponder(world: World, person: Person, ledger: Ledger, dice: Dice): Responder {
  let channel: string | undefined;
  let title = '';

  /** What came of each of the last tries, for a report. */
  const tries: string[] = [];
  function note(what: string): void {
    tries.push(what);
    if (tries.length > 5) tries.shift();
  }

  async function untilDone(what: string, attempt: () => Promise<Try>): Promise<void> {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      if ((await attempt()) === 'done') return;
      await sleep(pauseBetweenTries);
    }
    throw new Error(`${person.name} could not ${what} within ${patience} ms: ${tries.join('; ')}`);
  }

  /** Opens a form; where none came up it may have been said why. */
  async function open(
    name: string,
    ask: () => Promise<Partial<CommandResult>>,
  ): Promise<{ view?: View; said?: string }> {
    await person.close({ all: true }).catch(() => undefined);
    const answer = await ask().catch((error: unknown) => ({ ok: false, error: String(error), reply: undefined }));
    const view = answer.ok && (await person.waitForView(name, { within: 1_500 }).catch(() => undefined));
    await sleep(readingTime);
    if (view) return { view };
    const said = answer.reply?.text;
    note(`no form ${name}: ${said ?? answer.error ?? 'no answer'}`);
    return { ...(said && { said }) };
  }

  /** Submits a form, again and again while nobody answers: the same form is the same request. */
  async function submit(view: View, values: Parameters<Person['submit']>[0], asked: Asked): Promise<Try> {
    for (let tries = 0; tries < 8; tries++) {
      const result = await pressSubmit(view, values);
      note(`sent a form: ${JSON.stringify(result)}`);
      if (result.outcome === 'closed') {
        ledger.answered(asked, 'acknowledged');
        return 'done';
      }
      if (result.outcome === 'errors') return refused(asked, Object.values(result.errors ?? {}).join(' '));
      if (result.outcome === 'invalid')
        throw new Error(`the form is not filled well: ${JSON.stringify(result.errors)}`);
      // No answer. Most press the button once more; some give up on this form and begin anew.
      if (result.outcome !== 'updated' && dice.chance(0.3)) return 'again';
      await sleep(pauseBetweenTries);
    }
    return 'again';
  }

  /** Some press twice: one form is one request all the same. The first answer counts. */
  async function pressSubmit(view: View, values: Parameters<Person['submit']>[0]): Promise<SubmitResult> {
    const once = () => person.submit(values, { view: view.id });
    const twice = dice.chance(0.25);
    const [result] = await Promise.all([once(), twice ? once().catch(() => undefined) : undefined]);
    await again(result.key);
    return result;
  }

  /** Slack may deliver the same thing twice. */
  async function again(key: string | undefined): Promise<void> {
    if (key && dice.chance(0.2)) await world.slack.redeliver(key).catch(() => undefined);
  }

  async function typed(result: CommandResult, asked: Asked): Promise<Try> {
    await again(result.key);
    if (!result.ok) return 'again';
    if (result.reply && !/I am paging them/.test(result.reply.text)) return refused(asked, result.reply.text);
    ledger.answered(asked, 'acknowledged');
    return 'done';
  }

  const wentUnheard = (what: Asked['what'], to?: string) =>
    ledger.asked.some((one) => one.what === what && !one.answer && one.to === to);

  /** "It is that already" is what a second try hears when the first one went through unheard. */
  function refused(asked: Asked, sentence: string): Try {
    ledger.answered(asked, 'refused');
    if (/Slack is not answering/.test(sentence)) return 'again';
    if (wentUnheard(asked.what, asked.to)) return 'done';
    throw new Error(`${person.name} asked to ${asked.what} ${asked.to ?? ''} and was told: ${sentence}`);
  }

  /** The incident's channel, once this person is in it. */
  async function room(): Promise<string> {
    channel ??= await windUntil(world, `${person.name} to be in the channel of ${title}`, async () => {
      const mine = await person.channels();
      return mine.find(({ name, members }) => name.includes(title) && members.includes(person.id))?.id;
    });
    return channel;
  }

  async function type(what: Asked['what'], words: (text: string) => string, to?: string): Promise<Try> {
    const at = await room();
    const asked = ledger.ask(what, dice.word(), to);
    return typed(await person.command(`/incident ${words(asked.text)}`, { channel: at }), asked);
  }

  async function fill(
    what: Asked['what'],
    values: (text: string) => Parameters<Person['submit']>[0],
    to?: string,
    button = dice.chance(0.5),
  ) {
    const at = await room();
    const { view, said } = await open(what, () =>
      button
        ? person.press({ actionId: `open-${what}` }, { channel: at })
        : person.command(`/incident ${what}`, { channel: at }),
    );
    // "It is over": the form that nobody answered did it.
    if (!view) return said && wentUnheard(what, to) ? 'done' : 'again';
    const asked = ledger.ask(what, dice.word(), to);
    return submit(view, values(asked.text), asked);
  }

  const typePage = (target: string) => type('page', (why) => `page ${target} ${why}`, target);
  /** There is no button on the headline: it is in the tray. */
  const fillPage = (target: string) =>
    fill('page', (why) => ({ 'page-target': target, 'page-why': why }), target, false);

  return {
    declare: (severity) =>
      untilDone('declare', async () => {
        const { view } = await open('declare', () => person.command('/incident', { channel: 'incidents' }));
        if (!view) return 'again';
        title = dice.word();
        return submit(view, { title: hostile(title), severity }, ledger.ask('declare', title));
      }),
    update: () =>
      untilDone('post an update', () =>
        dice.chance(0.6)
          ? type('update', (text) => `update ${hostile(text)}`)
          : fill('update', (text) => ({ text: hostile(text) })),
      ),
    changeStatus: (to) =>
      untilDone(`say ${to}`, () =>
        dice.chance(0.6)
          ? type('status', (text) => `status ${to} ${text}`, to)
          : fill('status', (note) => ({ to, note }), to),
      ),
    changeSeverity: (to) =>
      untilDone(`change to ${to}`, () =>
        dice.chance(0.6)
          ? type('severity', (text) => `severity ${to.slice(-1)} ${text}`, to)
          : fill('severity', (reason) => ({ to, reason }), to),
      ),
    page: (target) => untilDone(`page ${target}`, () => (dice.chance(0.6) ? typePage(target) : fillPage(target))),
    isHelped: () => isHelped(world, title, ledger, dice),
    endTwins: async () => {
      const others = ledger.asked.filter(({ what, text }) => what === 'declare' && text !== title);
      for (const { text } of others) {
        if ((await keptOf(world, [text])).length === 0) continue;
        channel = undefined;
        title = text;
        await untilDone('cancel', async () => {
          await person.command('/incident cancel declared twice', { channel: await room() });
          const [kept] = await keptOf(world, [text]);
          return kept?.incident.status === 'cancelled' ? 'done' : 'again';
        });
      }
    },
    resolve: () => untilDone('resolve', () => fill('resolve', (note) => ({ felt: 'no', note }), 'resolved')),
  };
}

/** Words that would ring everybody and break the markup if they were not escaped. */
const hostile = (word: string) => `${word} <!channel> & <@U000000ANA>`;
