import type { App } from '@slack/bolt';
import * as z from 'zod';
import { AssignRoles } from '../../incident/role-commands.ts';
import { denial } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside } from '../../slack/inside.ts';
import { type FormAnswer, onPress, onSubmit, type Submitted } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import { give, openRoles, take } from './doing.ts';
import { roleField } from './views.ts';

export function listen(app: App, inside: Inside): void {
  onPress(app, /^take-role-/, inside, async (call, { action }) => {
    const pressed = await pressedOn(call, 'assignRole', inside);
    if (typeof pressed === 'string') return { text: pressed };
    return take({ ...call, ...pressed }, action.replace('take-role-', ''), inside);
  });

  onPress(app, 'open-roles', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : openRoles({ ...call, ...pressed }, inside);
  });

  onPress(app, 'give-role', inside, async (call) => {
    const [id = '', role = '', person = ''] = call.text.split(':');
    const pressed = await pressedOn({ ...call, text: id }, 'assignRole', inside);
    return typeof pressed === 'string' ? { text: pressed } : give({ ...call, ...pressed }, role, person, inside);
  });

  onSubmit(app, 'roles', inside, (form) => assign(form, inside));
}

const Metadata = z.object({ incident: z.string(), here: z.boolean(), before: z.record(z.string(), z.string()) });

async function assign({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const { incident: id, here, before } = Metadata.parse(JSON.parse(metadata));
  const [anyField = ''] = Object.keys(values);
  const incident = await inside.store.read((tx) => tx.incidents.load(id));
  if (!incident) return { errors: { [anyField]: denialText('not-invited') } };
  const denied = denial(inside.policy, person, 'assignRole', incident, { here });
  if (denied) return { errors: { [anyField]: denialText(denied) } };

  const assignments = changes(values, before);
  const errors = await unfitAmong(assignments, inside);
  if (Object.keys(errors).length > 0) return { errors };
  const { shadowing } = Shadowing.parse(values);
  const command = AssignRoles.parse({
    type: 'assignRoles',
    assignments,
    shadowing: { person: person.id, roles: shadowing },
  });
  const outcome = await inside.desk.handle(id, command, by);
  // Sent as it was opened: that is no mistake.
  if (!('refused' in outcome) || outcome.refused === 'nothing-to-change') return undefined;
  return { errors: { [anyField]: refusalText(outcome.refused) } };
}

const Shadowing = z.object({ shadowing: z.array(z.string()).default([]) });

/** What this person changed: what others changed since the form was opened stays as they have it. */
function changes(values: Submitted['values'], before: Record<string, string>): Record<string, string | null> {
  const prefix = roleField('');
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, chosen]) => [name.slice(prefix.length), typeof chosen === 'string' ? chosen : null] as const)
      .filter(([role, chosen]) => chosen !== (Object.hasOwn(before, role) ? before[role] : null)),
  );
}

async function unfitAmong(assignments: Record<string, string | null>, inside: Inside): Promise<Record<string, string>> {
  const checked = await Promise.all(
    Object.entries(assignments).map(async ([role, person]) => [
      roleField(role),
      person && (await whyUnfit(person, inside)),
    ]),
  );
  return Object.fromEntries(checked.filter(([, why]) => why));
}
