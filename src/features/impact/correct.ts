import * as z from 'zod';
import { CorrectTime, correctable } from '../../incident/commands.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { nearest } from '../../slack/nearest.ts';
import { carryOut, type IncidentForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { readTime } from '../lifecycle/when.ts';
import { type Correctable, correctModal, whichTime } from './views.ts';

const sentences = {
  of: 'Choose which time.',
  to: 'Say when it was.',
  reason: 'Say in a sentence why, at most 3,000 characters.',
};

export const correctForm: IncidentForm = {
  name: 'correct',
  whileOpen: false,
  modal: (incident) => correctModal(incident),
  command: (values) => CorrectTime.safeParse({ type: 'correctTime', ...values }),
  action: () => 'correctTime',
  sentences,
  refusedAt: (refusal) => (refusal === 'not-resolved' ? 'of' : 'to'),
};

const Which = z.enum(correctable);

export const correctSubcommand: Subcommand = {
  name: 'correct',
  usage: 'correct [detected | declared | resolved] [14:05] [because …]',
  help: 'Correct a time; the record keeps both.',
  where: 'incident',
  statuses: [...openStatuses, 'resolved', 'closed'],
  async run(call, inside) {
    if (!call.text) return openForm(correctForm, call, inside);
    const read = readCorrection(call.text, inside.now(), call.person.zone);
    if (!read) return whichTime(call.text);
    const { of, to, reason } = read;
    const command = CorrectTime.safeParse({ type: 'correctTime', of, to, reason });
    if (command.success) return carryOut(call, command.data, 'correctTime', inside);
    // Without a reason, or with one that is too long: the form asks for what is missing.
    return openForm({ ...correctForm, modal: (incident) => correctModal(incident, read) }, call, inside);
  },
};

/** `declared 14:05 because the page came first`. */
export function readCorrection(
  text: string,
  now: Date,
  zone: number,
): { of: Correctable; to: Date; reason: string } | undefined {
  const [, word = '', when = '', reason = ''] =
    /^(\S+)\s+(?:at\s+|was\s+)?([\s\S]+?)(?:[\s,;:]*\bbecause\b\s*([\s\S]*))?$/i.exec(text) ?? [];
  const of = Which.safeParse(nearest(word, [...correctable]));
  const to = readTime(when, now, zone);
  return of.success && to ? { of: of.data, to, reason } : undefined;
}
