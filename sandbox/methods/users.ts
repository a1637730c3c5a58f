import type { Json } from '../json.ts';
import { bot, team, userObject } from '../people.ts';
import { refuse } from '../refusal.ts';
import type { PersonInfo } from '../wire.ts';
import { type Call, type Method, paged } from './method.ts';

function shown({ slack }: Call, person: PersonInfo): Json {
  const { workspace, app, clock } = slack;
  // Only strangers are asked about shared channels; for members the answer is not looked at.
  const sharesChannel =
    person.role === 'stranger' &&
    [...workspace.channels.values()].some(({ members }) => members.has(person.id) && members.has(bot.userId));
  return userObject(person, clock.now(), { email: app.scopes.has('users:read.email'), sharesChannel });
}

function info(call: Call): Json {
  const person = call.slack.workspace.people.get(call.args.need('user'));
  return { user: shown(call, person ?? refuse('user_not_found')) };
}

function list(call: Call): Json {
  const { items, response_metadata } = paged(call, [...call.slack.workspace.people.values()], 1000);
  return {
    members: items.map((person) => shown(call, person)),
    cache_ts: Math.floor(call.slack.clock.now() / 1000),
    response_metadata,
  };
}

function lookupByEmail(call: Call): Json {
  const email = call.args.need('email').toLowerCase();
  const person = [...call.slack.workspace.people.values()].find(
    (one) => one.email.toLowerCase() === email && one.teamId === team.id && one.role !== 'deactivated',
  );
  return { user: shown(call, person ?? refuse('users_not_found')) };
}

function usergroups(call: Call): Json {
  const { args, slack } = call;
  const groups = [...slack.workspace.usergroups.values()].map(({ id, handle, name, users }) => ({
    id,
    team_id: team.id,
    is_usergroup: true,
    name,
    handle,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: users.length,
    ...(args.flag('include_users') && { users }),
  }));
  return { usergroups: groups };
}

function usergroupUsers({ slack, args }: Call): Json {
  const group = slack.workspace.usergroups.get(args.need('usergroup'));
  return { users: group?.users ?? refuse('no_such_subteam') };
}

function authTest({ slack }: Call): Json {
  return {
    url: `${slack.url()}/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

const teamInfo = ({ slack }: Call): Json => ({
  team: { ...team, email_domain: 'sandbox.example', url: `${slack.url()}/`, icon: {} },
});

const botsInfo = ({ args }: Call): Json => {
  if (args.need('bot') !== bot.botId) refuse('bot_not_found');
  return {
    bot: {
      id: bot.botId,
      deleted: false,
      name: bot.name,
      updated: 1_700_000_000,
      app_id: bot.appId,
      user_id: bot.userId,
    },
  };
};

export const users: Record<string, Method> = {
  'api.test': { tier: 'T4', scopes: [], run: ({ args }) => ({ args: args.raw }) },
  'auth.test': { tier: 'special', scopes: [], run: authTest },
  'users.info': { tier: 'T4', scopes: ['users:read'], run: info },
  'users.list': { tier: 'T2', scopes: ['users:read'], run: list },
  'users.lookupByEmail': { tier: 'T3', scopes: ['users:read.email'], run: lookupByEmail },
  'usergroups.list': { tier: 'T2', scopes: ['usergroups:read'], run: usergroups },
  'usergroups.users.list': { tier: 'T2', scopes: ['usergroups:read'], run: usergroupUsers },
  'team.info': { tier: 'T3', scopes: ['team:read'], run: teamInfo },
  'bots.info': { tier: 'T3', scopes: ['users:read'], run: botsInfo },
};
