/** Who is in the workspace when it is new, and how Slack describes a person. */
import type { Json } from './json.ts';
import { type NewPerson, type PersonInfo, type Role, userIdOf } from './wire.ts';

export const team = { id: 'T0SANDBOX1', name: 'Sandbox', domain: 'sandbox' };
export const otherTeam = { id: 'T0PARTNER1', name: 'Partner', domain: 'partner' };
export const bot = { userId: userIdOf('tocsin'), botId: 'B00TOCSIN1', appId: 'A00TOCSIN1', name: 'tocsin' };

export const firstPeople: NewPerson[] = [
  { name: 'ana', realName: 'Ana Ruiz', timeZone: 'Europe/Madrid', role: 'admin' },
  { name: 'ben', realName: 'Ben Okafor', timeZone: 'Europe/London' },
  { name: 'chloe', realName: 'Chloe Martin', timeZone: 'America/New_York' },
  { name: 'dev', realName: 'Dev Patel', timeZone: 'Asia/Kolkata' },
  { name: 'eli', realName: 'Eli Novak', timeZone: 'America/Los_Angeles' },
  { name: 'gus', realName: 'Gus Berg', timeZone: 'Europe/Stockholm', role: 'single-channel-guest' },
  { name: 'mina', realName: 'Mina Sato', timeZone: 'Asia/Tokyo', role: 'multi-channel-guest' },
  { name: 'sam', realName: 'Sam Hill', timeZone: 'Australia/Sydney', role: 'stranger' },
  { name: 'kai', realName: 'Kai Lund', timeZone: 'Europe/Oslo', role: 'deactivated' },
];

export function toPerson({ name, realName = name, email, timeZone = 'UTC', role = 'member' }: NewPerson): PersonInfo {
  const teamId = role === 'stranger' ? otherTeam.id : team.id;
  const domain = role === 'stranger' ? 'partner.example' : 'sandbox.example';
  return {
    id: userIdOf(name),
    name,
    realName,
    email: email ?? `${name}@${domain}`,
    timeZone,
    role,
    isBot: false,
    teamId,
  };
}

export const botPerson: PersonInfo = {
  ...toPerson({ name: bot.name, realName: 'Tocsin', email: '' }),
  email: '',
  isBot: true,
};

const isGuest = (role: Role) => role === 'multi-channel-guest' || role === 'single-channel-guest';

export const isAGuest = ({ role }: PersonInfo) => isGuest(role);

/** Seconds east of Greenwich, as users.info has it. */
function zoneOffset(timeZone: string, at: number): number {
  const named = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(named ?? '') ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** https://docs.slack.dev/reference/objects/user-object; a stranger's address is not shown to our app. */
export function userObject(person: PersonInfo, at: number, options: { email: boolean; sharesChannel: boolean }): Json {
  const [first = '', ...rest] = person.realName.split(' ');
  const stranger = person.role === 'stranger';
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.role === 'deactivated',
    color: '9f69e7',
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: zoneOffset(person.timeZone, at),
    profile: {
      title: '',
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: first,
      last_name: rest.join(' '),
      team: person.teamId,
      ...(options.email && !stranger && !person.isBot && { email: person.email }),
      ...(person.isBot && { api_app_id: bot.appId, bot_id: bot.botId }),
    },
    is_admin: person.role === 'admin',
    is_owner: false,
    is_primary_owner: false,
    is_restricted: isGuest(person.role),
    is_ultra_restricted: person.role === 'single-channel-guest',
    is_bot: person.isBot,
    is_app_user: false,
    ...(stranger && { is_stranger: !options.sharesChannel }),
    updated: 1_700_000_000,
  };
}
