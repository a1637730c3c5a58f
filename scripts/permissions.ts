import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Incident, undeclared } from '../src/incident/incident.ts';
import { type Action, actions, denial, type Kind } from '../src/may.ts';
import { loadPolicy, type Policy } from '../src/policy.ts';

export const permissionsFile = new URL('../docs/permissions.md', import.meta.url);

const usual = loadPolicy(fileURLToPath(new URL('../config/tocsin.yml', import.meta.url)));
const names = Object.keys(actions) as Action[];
/** Every choice of a policy that decides about it, as tight or as open as it can be. */
const base: Policy = { ...usual, respondersOnly: [], guestsMayDeclare: false, incidentAdmins: ['U0ADMIN'] };
const tight: Policy = { ...base, respondersOnly: ['lowerSeverity', 'resolve', 'reopen', 'cancel'] };
const open: Policy = { ...base, guestsMayDeclare: true };

const incident: Incident = {
  ...undeclared('inc_1', 1),
  status: 'investigating',
  declaredBy: 'U0ANA',
  members: ['U0EVA'],
};
const secret: Incident = { ...incident, isPrivate: true };

/** Asked of the code that decides, not read from the table it decides by. */
function may(policy: Policy, id: string, kind: Kind, action: Action, about = incident): boolean {
  return !denial(policy, { id, kind, zone: 0 }, action, about);
}

const yesNo = (yes: boolean) => (yes ? 'yes' : 'no');

function member(action: Action): string {
  if (!may(base, 'U0BEN', 'member', action)) return 'no';
  return may(tight, 'U0BEN', 'member', action) ? 'yes' : 'yes, unless in `respondersOnly`';
}

function guest(action: Action): string {
  if (may(base, 'U0BEN', 'guest', action)) return 'yes';
  return may(open, 'U0BEN', 'guest', action) ? 'with `guestsMayDeclare`' : 'no';
}

/** Of a private incident; declaring is about none yet. */
const secretly = (id: string, action: Action): string =>
  action === 'declare' ? '–' : yesNo(may(base, id, 'member', action, secret));

function row(action: Action): string {
  return [
    `| \`${action}\`: ${actions[action].what}`,
    member(action),
    yesNo(may(tight, 'U0EVA', 'member', action)),
    guest(action),
    yesNo((['stranger', 'bot', 'deactivated'] as const).some((kind) => may(open, 'U0BEN', kind, action))),
    yesNo(may(base, 'U0BEN', 'unknown', action)),
    secretly('U0BEN', action),
    secretly('U0ADMIN', action),
  ]
    .join(' | ')
    .concat(' |');
}

/** Who may do what, as a table for people. */
export function permissionsPage(): string {
  return `# Who may do what

Made from \`src/may.ts\` by \`npm run docs:permissions\`; a test says when it is stale. Everything is asked again on every command, press and
submission, whatever a button promises.

| | member | who is in the incident | guest | stranger, app, deactivated | Slack is down, nothing known of the person | member, private incident | incident admin, private incident |
|---|---|---|---|---|---|---|---|
${names.map(row).join('\n')}

- **Who is in the incident**: a member of its channel, whoever has a role in it, and incident admins.
- **\`respondersOnly\`** in \`config/tocsin.yml\` leaves lowering the severity, resolving, reopening and cancelling to those.
- **\`guestsMayDeclare\`** lets guests of this workspace declare and help, and be given roles and tasks.
- **A private incident** is seen by who declared it, who is in its channel, and \`incidentAdmins\`. From inside its channel all of the second
  column holds, since Slack lets only its members speak there. Who is offered a role of it may accept or decline.
- **Strangers** are people of other workspaces in a shared channel. Neither they nor apps nor deactivated accounts are given anything.
`;
}

if (import.meta.main) writeFileSync(permissionsFile, permissionsPage());
