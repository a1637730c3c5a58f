import type { Inside, Reply } from '../../slack/inside.ts';
import { nearest } from '../../slack/nearest.ts';
import { carryOut } from '../../slack/on-incident.ts';
import type { IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { give, openRoles, shadow, showHistory, take } from './doing.ts';
import { watchedRole } from './long-duty.ts';
import { roleNamed } from './role-named.ts';
import { holderMessage, whichRole } from './views.ts';
import { readWho, unresolved } from './who.ts';

export const rolesSubcommand: Subcommand = {
  name: 'roles',
  usage: 'roles [history]',
  help: 'See and give all roles; who held what, when.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openRoles(call, inside);
    if (nearest(call.text, ['history'])) return showHistory(call, inside);
    return roleSubcommand.run(call, inside);
  },
};

export const roleSubcommand: Subcommand & { where: 'incident' } = {
  name: 'role',
  usage: 'role <role> [@who | me | nobody]',
  help: 'Give a role, or see who has it.',
  where: 'incident',
  async run(call, inside) {
    const { words, who } = readWho(call);
    if (!words) return who === undefined ? openRoles(call, inside) : whichRole('', undefined, inside.policy, '');
    return withRole(words, 'role <role> @who', inside, (role) => {
      if (who === 'not-known') return Promise.resolve(unresolved);
      if (who === undefined) return Promise.resolve(holderMessage(call.incident, role, inside.policy));
      return give(call, role, who, inside);
    });
  },
};

export const leadSubcommand: Subcommand = {
  name: 'lead',
  usage: 'lead [@who]',
  help: 'Make somebody the incident commander, or become it.',
  where: 'incident',
  async run(call, inside) {
    const { who } = readWho(call);
    if (who === 'not-known') return unresolved;
    return who === undefined ? take(call, watchedRole, inside) : give(call, watchedRole, who, inside);
  },
};

export const takeSubcommand: Subcommand = {
  name: 'take',
  usage: 'take <role>',
  help: 'Take a role that nobody has.',
  where: 'incident',
  run: (call, inside) => withRole(call.text, 'take <role>', inside, (role) => take(call, role, inside)),
};

export const shadowSubcommand: Subcommand = {
  name: 'shadow',
  usage: 'shadow <role> [stop]',
  help: 'Learn a role by watching.',
  where: 'incident',
  async run(call, inside) {
    const [, words = '', stop] = /^(.*?)(\s+stop)?$/i.exec(call.text) ?? [];
    return withRole(words, 'shadow <role>', inside, (role) =>
      stop ? stopShadowing(call, role, inside) : shadow(call, role, inside),
    );
  },
};

const stopShadowing = (call: IncidentCall, role: string, inside: Inside): Promise<Reply> =>
  carryOut(call, { type: 'stopShadowing', role, person: call.person.id }, 'assignRole', inside);

/** What is meant by the words, or which roles there are. */
async function withRole(
  words: string,
  usage: string,
  inside: Inside,
  then: (role: string) => Promise<Reply>,
): Promise<Reply> {
  const named = roleNamed(words, inside.policy.roles);
  return named.role
    ? then(named.role)
    : whichRole(words, 'near' in named ? named.near : undefined, inside.policy, usage);
}
