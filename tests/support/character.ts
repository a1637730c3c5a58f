import type { FieldValue, Person, SandboxClient } from '../../sandbox/client.ts';
import { type Message, type Place, type SubmitResult, userIdOf, type View } from '../../sandbox/wire.ts';
import { eventually } from './eventually.ts';
import { type Room, room } from './room.ts';
import { fits, wordsOf, wordsOfView } from './shown.ts';

export interface Declaration {
  severity?: 'sev1' | 'sev2' | 'sev3' | 'sev4';
  felt?: 'yes' | 'no' | 'unknown';
  since?: Date;
  services?: string[];
  summary?: string;
  private?: boolean;
  practice?: boolean;
  /** Where the command is typed. */
  in?: string | Room;
}

type Where = string | Room;

const idOf = (where: Where) => (typeof where === 'string' ? where : where.id);

/** Somebody in a story: types, presses, fills forms in, and looks. */
export type Character = ReturnType<typeof character>;

export function character(name: string, slack: () => SandboxClient) {
  const self = (): Person => slack().as(name);

  /** What only this person is answered is returned; a form that opens is waited for with `form`. */
  async function types(command: string, where: Where = 'incidents'): Promise<string> {
    const result = await self().command(command, { channel: idOf(where) });
    if (!result.ok) throw new Error(`${name} typed ${command} and Slack said ${result.error}`);
    return result.reply ? wordsOf(result.reply) : '';
  }

  async function form(pattern: string | RegExp = /./): Promise<View> {
    return eventually(
      `a form ${pattern} before ${name}`,
      async () => (await self().views()).findLast((view) => fits(wordsOfView(view), pattern)),
      { seen: async () => (await self().views()).map(wordsOfView).join('\n---\n') },
    );
  }

  /** Fills in the form that is open, or the first to open, and sends it. */
  async function submits(values: Record<string, FieldValue>, pattern?: string | RegExp): Promise<SubmitResult> {
    const { id } = await form(pattern);
    return self().submit(values, { view: id });
  }

  async function declares(title: string, { in: where, ...declaration }: Declaration = {}): Promise<void> {
    await types('/incident', where);
    const sent = await submits(declareFields(title, declaration), 'Declare an incident');
    if (sent.outcome !== 'closed')
      throw new Error(`declaring ended with ${sent.outcome}: ${sent.view ? wordsOfView(sent.view) : ''}`);
  }

  async function find(what: string, where: Where, pattern: string | RegExp): Promise<Message> {
    const look = () => self().sees(idOf(where));
    return eventually(
      `${name} to see ${what} ${pattern}`,
      async () => (await look()).findLast((message) => fits(wordsOf(message), pattern)),
      { seen: async () => (await look()).map((message) => `- ${wordsOf(message)}`).join('\n') },
    );
  }

  async function presses(text: string, where: Where | { form: string }): Promise<void> {
    const on: Place = typeof where === 'object' && 'form' in where ? { view: where.form } : { channel: idOf(where) };
    const result = await eventually(`a button “${text}” before ${name}`, () =>
      self()
        .press({ text }, on)
        .catch((error: unknown) => {
          if (/: no \{.*\} in /.test(String(error))) return undefined;
          throw error;
        }),
    );
    if (!result.ok) throw new Error(`${name} pressed ${text} and Slack said ${result.error}`);
  }

  return {
    id: userIdOf(name),
    name,
    /** The person as the sandbox knows them, for whatever has no sentence of its own here. */
    self,
    types,
    form,
    submits,
    declares,
    presses,
    says: (text: string, where: Where): Promise<Message> => self().say(text, { channel: idOf(where) }),
    /** A message before this person's eyes, ephemeral ones included. */
    sees: (pattern: string | RegExp, where: Where = 'incidents') => find('in the channel', where, pattern),
    isTold: async (pattern: string | RegExp): Promise<Message> => find('in private', await self().dm(), pattern),
    dm: () => self().dm(),

    /** The channel this person is in, once they are. */
    async isInvitedTo(pattern: RegExp): Promise<Room> {
      const id = userIdOf(name);
      const mine = async () => (await self().channels()).filter(({ members }) => members.includes(id));
      const found = await eventually(
        `${name} to be in a channel ${pattern}`,
        async () => (await mine()).findLast((channel) => pattern.test(channel.name)),
        { seen: async () => (await mine()).map((channel) => `#${channel.name}`).join(' ') },
      );
      return room(slack(), found);
    },
  };
}

/** The fields of the declare form, as far as something is said for them. */
export function declareFields(title: string, declaration: Omit<Declaration, 'in'> = {}): Record<string, FieldValue> {
  const { severity, felt, since, services, summary } = declaration;
  const kind = [...(declaration.private ? ['private'] : []), ...(declaration.practice ? ['practice'] : [])];
  return {
    title,
    ...(severity && { severity }),
    ...(felt && { felt }),
    ...(since && { since }),
    ...(services && { services }),
    ...(summary && { summary }),
    ...(kind.length > 0 && { kind }),
  };
}
