import type { Feature } from '../../feature.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { showInCanvas } from './canvas.ts';
import { keepExport, keepingOf } from './keep.ts';
import { exportOf, postExport } from './post.ts';
import { exportSubcommand, listen } from './slack.ts';

/** What people take with them: files in the channel and in a folder, and the channel's canvas. */
export const exports: Feature = {
  name: 'export',
  subcommands: [exportSubcommand],
  listeners: listen,
  tray: [
    {
      action: 'export',
      label: 'Export',
      group: 'rare',
      may: 'export',
      when: (incident) => isOver(incident) && !!incident.channel && !incident.channelGone,
    },
  ],
  effects: [postExport, keepExport, showInCanvas],
  reactions: {
    resolved: (_, incident) =>
      incident.isPractice || !incident.resolvedAt
        ? []
        : [exportOf(incident, 'md', incident.resolvedAt), keepingOf(incident)],
  },
};
