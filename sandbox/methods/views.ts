import type { Json } from '../json.ts';
import { refuse } from '../refusal.ts';
import { refuseBadView } from './checked.ts';
import type { Call, Method } from './method.ts';

/** The view as asked for, refused where its blocks do not fit. */
function asked(call: Call): Json {
  const view = call.args.object('view');
  refuseBadView(call.slack, view);
  return view;
}

const open = (call: Call): Json => ({ view: call.slack.views.open(triggerOf(call), asked(call)) });
const push = (call: Call): Json => ({ view: call.slack.views.push(triggerOf(call), asked(call)) });

const triggerOf = ({ args }: Call) => args.text('trigger_id') ?? args.text('interactivity_pointer');

function update(call: Call): Json {
  const { args, slack } = call;
  const ids = { viewId: args.text('view_id'), externalId: args.text('external_id'), hash: args.text('hash') };
  const given = Object.fromEntries(Object.entries(ids).filter(([, value]) => value !== undefined));
  return { view: slack.views.update(given, asked(call)) };
}

function publish(call: Call): Json {
  const { args, slack } = call;
  const user = args.need('user_id');
  if (!slack.workspace.people.has(user)) refuse('user_not_found');
  const view = asked(call);
  if (view.type !== 'home') refuse('invalid_arguments');
  return { view: slack.views.publish(user, view, args.text('hash')) };
}

export const viewMethods: Record<string, Method> = {
  'views.open': { tier: 'T4', scopes: [], run: open },
  'views.push': { tier: 'T4', scopes: [], run: push },
  'views.update': { tier: 'T4', scopes: [], run: update },
  'views.publish': { tier: 'T4', scopes: [], run: publish },
};
