import type { App } from '@slack/bolt';
import type { Command } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import {
  NamePostmortemOwner as NameOwner,
  type NamePostmortemOwner,
  PublishPostmortem,
  ReopenPostmortem,
  ReviewPostmortem,
} from '../../incident/postmortem-commands.ts';
import { denial } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { namesOf } from '../../slack/names.ts';
import { carryOut, type IncidentForm, listenToForm, openForm, pressedOn } from '../../slack/on-incident.ts';
import { permalink } from '../../slack/outside.ts';
import { denialText } from '../../slack/refusals.ts';
import type { IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { readWho, unresolved } from '../roles/who.ts';
import { draftsOf, listenToEditing, openSection } from './edit.ts';
import { peopleOf } from './people.ts';
import { readDocument } from './read.ts';
import type { Draft } from './sections.ts';
import { keyOf } from './template.ts';
import { noPostmortem, ownerModal, postmortemMessage, readMessage, reopenModal, whichSection } from './views.ts';

const may = 'writePostmortem';
const none = ({ postmortem }: Incident) => (postmortem ? undefined : ('no-postmortem' as const));

const ownerForm: IncidentForm = {
  name: 'postmortem-owner',
  whileOpen: false,
  refuses: none,
  modal: ownerModal,
  command: (values) => NameOwner.safeParse({ type: 'namePostmortemOwner', ...values }),
  action: () => may,
  sentences: { person: 'Choose somebody.' },
  refusedAt: () => 'person',
  async check(command, inside) {
    const problem = await whyUnfit((command as NamePostmortemOwner).person, inside);
    return problem ? { person: problem } : undefined;
  },
};

const reopenForm: IncidentForm = {
  name: 'postmortem-reopen',
  whileOpen: false,
  refuses: (incident) =>
    none(incident) ?? (incident.postmortem?.status === 'published' ? undefined : 'nothing-to-change'),
  modal: (incident, _, typed) => reopenModal(incident, typed),
  command: (values) => ReopenPostmortem.safeParse({ type: 'reopenPostmortem', ...values }),
  action: () => may,
  sentences: { reason: 'Say in a sentence what has to change; at most 3,000 characters.' },
  refusedAt: () => 'reason',
};

export const postmortemSubcommand: Subcommand = {
  name: 'postmortem',
  usage: 'postmortem [edit summary | owner @who | review | publish | reopen [why]]',
  help: 'Write, review and publish the postmortem; without words, how far it is.',
  where: 'incident',
  statuses: ['resolved', 'closed'],
  async run(call, inside) {
    const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(call.text) ?? [];
    if (!call.incident.postmortem) return noPostmortem(call.incident);
    switch (word.toLowerCase()) {
      case '':
      case 'show':
        return panel(call.incident, inside);
      case 'read':
        return readIt(call.incident, inside);
      case 'owner':
        return nameOwner({ ...call, text: rest }, inside);
      case 'review':
        return carryOut(call, ReviewPostmortem.parse({ type: 'reviewPostmortem' }), may, inside);
      case 'publish':
        return carryOut(call, PublishPostmortem.parse({ type: 'publishPostmortem' }), may, inside);
      case 'reopen':
        return reopen(call, rest, inside);
      default:
        return edit(call, word.toLowerCase() === 'edit' ? rest : call.text, inside);
    }
  },
};

async function panel(incident: Incident, inside: Inside): Promise<Reply> {
  return incident.postmortem ? postmortemMessage(incident, await draftsOf(incident, inside)) : noPostmortem(incident);
}

/** All of it, as it reads now. Names are looked up before, since a look-up of Slack's must not hold up a transaction. */
async function readIt(incident: Incident, { store, people, policy, now, identity }: Inside): Promise<Reply> {
  const names = await namesOf(people, await store.read((tx) => peopleOf(tx, incident)));
  const link = (place: { channel: string; ts: string }) => permalink(identity(), place);
  return readMessage(await store.read((tx) => readDocument(tx, incident, { names, policy, now: now(), link })));
}

async function nameOwner(call: IncidentCall, inside: Inside): Promise<Reply> {
  const { who } = readWho(call);
  if (who === 'not-known') return unresolved;
  if (!who) return openForm(ownerForm, { ...call, text: '' }, inside);
  const problem = await whyUnfit(who, inside);
  if (problem) return { text: problem };
  return carryOut(call, NameOwner.parse({ type: 'namePostmortemOwner', person: who }), may, inside);
}

async function reopen(call: IncidentCall, reason: string, inside: Inside): Promise<Reply> {
  const command = ReopenPostmortem.safeParse({ type: 'reopenPostmortem', reason });
  return command.success
    ? carryOut(call, command.data, may, inside)
    : openForm(reopenForm, { ...call, text: reason }, inside);
}

/** `edit what went`: the first section whose title begins so, else the one that has the words. */
async function edit(call: IncidentCall, words: string, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, call.person, may, call.incident, call);
  if (denied) return { text: denialText(denied) };
  const drafts = await draftsOf(call.incident, inside);
  const draft = named(drafts, words);
  return draft
    ? openSection(call.incident, call.here, draft)
    : whichSection(
        words,
        drafts.map(({ title }) => title),
      );
}

function named(drafts: Draft[], words: string): Draft | undefined {
  const key = keyOf(words);
  if (key === '') return undefined;
  return drafts.find((draft) => draft.key.startsWith(key)) ?? drafts.find((draft) => draft.key.includes(key));
}

const lifeCommands: Record<string, Command> = {
  'review-postmortem': ReviewPostmortem.parse({ type: 'reviewPostmortem' }),
  'publish-postmortem': PublishPostmortem.parse({ type: 'publishPostmortem' }),
};

export function listen(app: App, inside: Inside): void {
  listenToEditing(app, inside);
  listenToForm(app, inside, ownerForm);
  listenToForm(app, inside, reopenForm);

  onPress(app, 'open-postmortem', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : panel(pressed.incident, inside);
  });
  onPress(app, 'read-postmortem', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : readIt(pressed.incident, inside);
  });

  for (const [action, command] of Object.entries(lifeCommands)) {
    // Under a message in the channel: what comes of it is said there.
    onPress(app, action, inside, async (call) => {
      const pressed = await pressedOn(call, may, inside);
      return typeof pressed === 'string' ? { text: pressed } : carryOut({ ...call, ...pressed }, command, may, inside);
    });
    onPress(
      app,
      `panel-${action}`,
      inside,
      async (call) => {
        const pressed = await pressedOn(call, may, inside);
        if (typeof pressed === 'string') return { text: pressed };
        const refused = await carryOut({ ...call, ...pressed }, command, may, inside);
        const now = await inside.store.read((tx) => tx.incidents.load(pressed.incident.id));
        return refused ?? (now && panel(now, inside));
      },
      { replace: true },
    );
  }
}
