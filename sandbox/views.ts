/** Modals and homes: trigger ids, stacks, hashes, and what stands in the inputs. */
import { filledBlocks, stateFor } from './blocks.ts';
import type { Clock } from './clock.ts';
import { isObject, type Json, textOf } from './json.ts';
import type { Ledger } from './ledger.ts';
import { bot, team } from './people.ts';
import { refuse, refuseArguments } from './refusal.ts';
import type { View, ViewState } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses: three seconds of real time. */
const triggerLivesMs = 3000;
const deepestStack = 3;
const mostViews = 2000;
/** 250 KB, by views.open's own error. */
const largestView = 250_000;

type Trigger = { user: string; born: number; used: boolean };

export type OpenView = { view: View; user: string; closed: boolean };

export type Views = ReturnType<typeof createViews>;

export function createViews(parts: { workspace: Workspace; clock: Clock; ledger: Ledger }) {
  const { workspace, clock, ledger } = parts;
  const triggers = new Map<string, Trigger>();
  const open = new Map<string, OpenView>();
  const stacks = new Map<string, OpenView[]>();
  const homes = new Map<string, OpenView>();
  let hashes = 0;

  const stackOf = (user: string) => stacks.get(user) ?? [];

  function newHash(): string {
    hashes += 1;
    return `${Math.floor(clock.now() / 1000)}.${hashes.toString(16).padStart(8, '0')}`;
  }

  /** Looks at a trigger without spending it: an invalid view leaves it good. */
  function triggerOf(id: string | undefined): Trigger {
    const trigger = triggers.get(id ?? '');
    if (!trigger) return refuse('invalid_trigger_id');
    if (trigger.used) return refuse('exchanged_trigger_id');
    if (performance.now() - trigger.born > triggerLivesMs) {
      ledger.violation('trigger-expired', 'a trigger_id was used after its three seconds');
      return refuse('expired_trigger_id');
    }
    return trigger;
  }

  function checked(view: Json, except?: string): Json {
    const size = Buffer.byteLength(JSON.stringify(view));
    if (size > largestView) {
      ledger.violation('view-too-large', `a view of ${size} bytes`);
      refuse('view_too_large');
    }
    const privateMetadata = textOf(view.private_metadata) ?? '';
    if (privateMetadata.length > 3000)
      refuseArguments('invalid_arguments', ['must be less than 3001 characters [json-pointer:/view/private_metadata]']);
    const external = textOf(view.external_id) ?? '';
    const twin = external !== '' && [...open.values()].find((one) => !one.closed && one.view.external_id === external);
    if (twin && twin.view.id !== except) refuse('duplicate_external_id');
    return view;
  }

  function filled(given: Json, id: string, before?: ViewState): View {
    const blocks = filledBlocks(given.blocks, () => workspace.nextId('b').slice(-5));
    return {
      ...given,
      id,
      team_id: team.id,
      app_id: bot.appId,
      bot_id: bot.botId,
      app_installed_team_id: team.id,
      type: given.type === 'home' ? 'home' : 'modal',
      callback_id: textOf(given.callback_id) ?? '',
      private_metadata: textOf(given.private_metadata) ?? '',
      external_id: textOf(given.external_id) ?? '',
      ...(isObject(given.title) && { title: withEmoji(given.title) }),
      submit: isObject(given.submit) ? withEmoji(given.submit) : null,
      close: isObject(given.close) ? withEmoji(given.close) : null,
      blocks,
      hash: newHash(),
      clear_on_close: given.clear_on_close === true,
      notify_on_close: given.notify_on_close === true,
      root_view_id: id,
      previous_view_id: null,
      state: { values: stateFor(blocks, before) },
    };
  }

  function show(user: string, given: Json, under?: OpenView): OpenView {
    const id = workspace.nextId('V');
    const view = filled(given, id);
    if (under) Object.assign(view, { root_view_id: under.view.root_view_id, previous_view_id: under.view.id });
    const shown = { view, user, closed: false };
    open.set(id, shown);
    forgetClosed();
    stacks.set(user, under ? [...stackOf(user), shown] : [shown]);
    workspace.changed({ kind: 'views', user });
    return shown;
  }

  /** Closed views stay for a while: a second press on a form that is just closing is still delivered. */
  function forgetClosed() {
    if (open.size < mostViews) return;
    for (const [id, { closed }] of [...open].slice(0, mostViews / 2)) if (closed) open.delete(id);
  }

  function replace(shown: OpenView, given: Json) {
    const { root_view_id, previous_view_id, state } = shown.view;
    const next = filled(given, shown.view.id, state.values);
    shown.view = { ...next, root_view_id, previous_view_id };
    workspace.changed({ kind: homes.get(shown.user) === shown ? 'home' : 'views', user: shown.user });
  }

  function checkHash(shown: OpenView, hash: string | undefined) {
    if (hash !== undefined && hash !== shown.view.hash) refuse('hash_conflict');
  }

  function close(shown: OpenView) {
    shown.closed = true;
    stacks.set(
      shown.user,
      stackOf(shown.user).filter((one) => one !== shown),
    );
    workspace.changed({ kind: 'views', user: shown.user });
  }

  function push(user: string, given: Json): OpenView {
    const under = stackOf(user).at(-1);
    if (!under) return refuse('not_found');
    if (stackOf(user).length >= deepestStack) refuse('push_limit_reached');
    return show(user, checked(given), under);
  }

  return {
    newTrigger(user: string): string {
      const id = `${Math.floor(clock.now())}.${workspace.nextId('').slice(1)}.${crypto.randomUUID().replaceAll('-', '')}`;
      triggers.set(id, { user, born: performance.now(), used: false });
      if (triggers.size > 5000) for (const old of [...triggers.keys()].slice(0, 1000)) triggers.delete(old);
      return id;
    },
    open(triggerId: string | undefined, given: Json): View {
      const trigger = triggerOf(triggerId);
      checked(given);
      trigger.used = true;
      for (const old of stackOf(trigger.user)) old.closed = true;
      return show(trigger.user, given).view;
    },
    push(triggerId: string | undefined, given: Json): View {
      const trigger = triggerOf(triggerId);
      const { view } = push(trigger.user, given);
      trigger.used = true;
      return view;
    },
    pushFor: push,
    update(ids: { viewId?: string; externalId?: string; hash?: string }, given: Json): View {
      const shown =
        open.get(ids.viewId ?? '') ??
        [...open.values()].find(({ view, closed }) => !closed && view.external_id === ids.externalId && ids.externalId);
      if (!shown || shown.closed) return refuse('not_found');
      checkHash(shown, ids.hash);
      checked(given, shown.view.id);
      replace(shown, given);
      return shown.view;
    },
    replace(shown: OpenView, given: Json) {
      checked(given, shown.view.id);
      replace(shown, given);
    },
    publish(user: string, given: Json, hash?: string): View {
      const home = homes.get(user);
      if (home) {
        checkHash(home, hash);
        checked(given, home.view.id);
        replace(home, given);
        return home.view;
      }
      const view = filled(checked(given), workspace.nextId('V'));
      const shown = { view, user, closed: false };
      homes.set(user, shown);
      open.set(view.id, shown);
      workspace.changed({ kind: 'home', user });
      return view;
    },
    find: (id: string) => open.get(id),
    stack: stackOf,
    home: (user: string) => homes.get(user),
    close,
    closeAll(user: string) {
      for (const shown of [...stackOf(user)].reverse()) close(shown);
    },
    clear() {
      for (const map of [triggers, open, stacks, homes]) map.clear();
    },
    saveHomes: () => [...homes.values()],
    restoreHomes(saved: OpenView[]) {
      for (const home of saved) {
        homes.set(home.user, home);
        open.set(home.view.id, home);
      }
    },
  };
}

function withEmoji(text: Json): { type: string; text: string } {
  return { ...text, type: String(text.type), text: String(text.text), ...{ emoji: text.emoji ?? true } };
}
