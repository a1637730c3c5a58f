import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inChannel } from '../channel/gone.ts';
import { noteIn } from '../channel/note.ts';
import { archive, archiveOf, tellHowToUnarchive, unarchive, unarchiveOf } from './archive.ts';
import { closeLater, closeLaterOf } from './close-later.ts';
import { cancelSubcommand, closeSubcommand, declineSubcommand, reopenSubcommand } from './endings.ts';
import { cancelledMessage, closedMessage, declinedMessage, reopenedMessage } from './endings-views.ts';
import { mergeSubcommand } from './merge.ts';
import { mergeNote, sayMerged } from './merged.ts';
import { listen, resolveSubcommand, statusSubcommand } from './slack.ts';
import { resolvedMessage, statusMessage } from './views.ts';

/** Where an incident stands, and every way it can end and come back. */
export const lifecycle: Feature = {
  name: 'lifecycle',
  subcommands: [
    statusSubcommand,
    resolveSubcommand,
    reopenSubcommand,
    closeSubcommand,
    mergeSubcommand,
    declineSubcommand,
    cancelSubcommand,
  ],
  listeners: listen,
  tray: [
    {
      action: 'open-status',
      label: 'Change status',
      group: 'respond',
      may: 'changeStatus',
      when: (incident) => !isOver(incident),
    },
    {
      action: 'open-resolve',
      label: 'Resolve',
      group: 'respond',
      may: 'resolve',
      when: (incident) => !isOver(incident),
    },
    { action: 'open-reopen', label: 'Reopen', group: 'respond', may: 'reopen', when: isResolved },
    {
      action: 'open-close',
      label: 'Close',
      group: 'respond',
      may: 'resolve',
      when: ({ status }) => status === 'resolved',
    },
    { action: 'open-merge', label: 'Merge', group: 'rare', may: 'cancel', when: (incident) => !isOver(incident) },
    {
      action: 'open-decline',
      label: 'Decline',
      group: 'rare',
      may: 'cancel',
      when: ({ status }) => status === 'triage',
    },
    { action: 'open-cancel', label: 'Cancel', group: 'rare', may: 'cancel', when: (incident) => !isOver(incident) },
  ],
  effects: [closeLater, archive, unarchive, inChannel(mergeNote)],
  reactions: {
    statusChanged: ({ to, note, skipped }, incident, by) => [
      noteIn(incident, 'status', statusMessage(to, by, note, skipped)),
    ],
    resolved: (event, incident, by) => {
      const at = incident.resolvedAt ?? incident.declaredAt;
      const said = noteIn(incident, 'resolved', resolvedMessage(incident, by, event, at), { open: true });
      return [said, closeLaterOf(incident)];
    },
    reopened: ({ reason }, incident, by) => [
      ...backFromArchive(incident),
      noteIn(incident, 'reopened', reopenedMessage(incident, by, reason), { open: true }),
    ],
    closed: ({ note }, incident, by) => {
      const person = by === 'tocsin' ? undefined : by;
      return [noteIn(incident, 'closed', closedMessage(incident, person, note), { open: true }), archiveOf(incident)];
    },
    declined: ({ reason }, incident, by) => [
      noteIn(incident, 'declined', declinedMessage(incident, by, reason), { open: true }),
    ],
    cancelled: ({ reason }, incident, by) => [
      noteIn(incident, 'cancelled', cancelledMessage(incident, by, reason), { open: true }),
    ],
    merged: ({ into }, incident, by) => [sayMerged(incident, into.id, by, 'into')],
    absorbed: ({ other }, incident, by) => [sayMerged(incident, other.id, by, 'from')],
  },
};

/** What somebody else put into the archive is for people to take out. */
function backFromArchive(incident: Incident): Effect[] {
  if (incident.channelGone !== 'archived') return [];
  return incident.archivedByUs ? [unarchiveOf(incident)] : tellHowToUnarchive(incident);
}

function isResolved({ status }: Incident): boolean {
  return status === 'resolved' || status === 'closed';
}
