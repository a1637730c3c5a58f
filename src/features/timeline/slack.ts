import type { App } from '@slack/bolt';
import * as z from 'zod';
import { openStatuses } from '../../incident/lifecycle.ts';
import { AddToTimeline } from '../../incident/timeline-commands.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { carryOut, type IncidentForm, listenToForm, openForm, pressedOn } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { showTimeline } from './show.ts';
import { readEntry } from './typed.ts';
import { entryModal, notATime } from './views.ts';

const may = 'addToTimeline';

const entryForm: IncidentForm = {
  name: 'timeline-entry',
  whileOpen: false,
  modal: (incident) => entryModal(incident),
  command: (values) => AddToTimeline.safeParse({ type: 'addToTimeline', ...values }),
  action: () => may,
  sentences: { text: 'Say what happened, in at most 3,000 characters.', at: 'Say when it was.' },
  refusedAt: (refusal) => (refusal === 'time-in-the-future' ? 'at' : 'text'),
};

export const timelineSubcommand: Subcommand = {
  name: 'timeline',
  usage: 'timeline [what happened] [at 14:05]',
  help: 'Show the timeline, or add to it: `timeline restarted the API 20 minutes ago`.',
  where: 'incident',
  statuses: [...openStatuses, 'resolved', 'closed'],
  async run(call, inside) {
    const typed = readEntry(call.text, inside.now(), call.person.zone);
    if (typed.what === 'show') return showTimeline(call, {}, inside);
    if (typed.what === 'not-a-time') return notATime(typed.when, call.text);
    const { text, at } = typed;
    const command = AddToTimeline.safeParse({ type: 'addToTimeline', text, at });
    if (command.success && text) return carryOut(call, command.data, may, inside);
    // Nothing but a time, or more than fits: the form asks for what is missing.
    return openForm({ ...entryForm, modal: (incident) => entryModal(incident, { text, at }) }, call, inside);
  },
};

/** What a button for a page carries. */
const PageAt = z.tuple([z.string(), z.number().nullable(), z.boolean()]);

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, entryForm);

  onPress(app, 'open-timeline', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : showTimeline({ ...call, ...pressed }, {}, inside);
  });

  for (const action of ['timeline-older', 'timeline-newer', 'timeline-hidden'])
    onPress(
      app,
      action,
      inside,
      async (call) => {
        const [id, start, hidden] = PageAt.parse(JSON.parse(call.text));
        const pressed = await pressedOn({ ...call, text: id }, 'see', inside);
        if (typeof pressed === 'string') return { text: pressed };
        return showTimeline({ ...call, ...pressed }, { start: start ?? undefined, hidden }, inside);
      },
      { replace: true },
    );
}
