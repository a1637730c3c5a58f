import type { ActionsBlockElement, KnownBlock, Overflow } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, escape, type Message, option, section } from '../../slack/blocks.ts';
import { severityName, statusName } from '../../slack/incident-words.ts';
import { type TrayItem, trayGroups } from '../../slack/tray-item.ts';
import { incidentName } from '../../slack/views.ts';

/** Slack's limit for the options of an overflow menu. */
const mostInMenu = 5;

/** What can be done now: a row of buttons for each group, and the rare things in a menu beside the name. */
export function trayMessage(incident: Incident, items: TrayItem[], policy: Policy): Message {
  const of = (group: TrayItem['group']) => items.filter((item) => item.group === group);
  const rare = of('rare');
  const rows = trayGroups.filter((group) => group !== 'rare').map((group) => [group, of(group)] as const);
  const rest: (readonly [string, TrayItem[]])[] = [...rows, ['more', rare.slice(mostInMenu)]];
  const state = `${escape(severityName(incident, policy))} · ${statusName(incident.status)}`;
  return {
    text: `What can be done about #${incident.number} now`,
    blocks: [
      {
        ...section(`${incidentName({ ...incident, channel: undefined })} · ${state}`),
        ...(rare.length > 0 && { accessory: menu(incident, rare.slice(0, mostInMenu)) }),
      },
      ...rest.flatMap(([group, row]): KnownBlock[] =>
        row.length > 0
          ? [
              actions(
                `tray-${group}`,
                row.slice(0, mostInRow).map((item) => asButton(incident, item)),
              ),
            ]
          : [],
      ),
    ],
  };
}

/** Slack's limit for the elements of an actions block. */
const mostInRow = 25;

const asButton = (incident: Incident, { action, label }: TrayItem): ActionsBlockElement =>
  button(action, label, incident.id);

const menu = (incident: Incident, items: TrayItem[]): Overflow => ({
  type: 'overflow',
  action_id: 'tray-menu',
  options: items.map(({ action, label }) => option(JSON.stringify([action, incident.id]), label)),
});
