import type {
  App,
  BlockAction,
  Context,
  EventFromType,
  GlobalShortcut,
  MessageShortcut,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import * as z from 'zod';
import type { By } from '../desk.ts';
import type { Person } from '../may.ts';
import { answerTo } from './answer.ts';
import type { Message } from './blocks.ts';
import { formValues } from './form.ts';
import type { Inside, Reply } from './inside.ts';
import type { Call } from './subcommand.ts';

const Delivery = z.object({ delivery: z.object({ key: z.string(), late: z.boolean() }) });

/** Which delivery a listener is working on, as the inbox handed it over. */
export const deliveryOf = (context: Context) => Delivery.parse(context).delivery;

/** Answers a press or a shortcut, which was acknowledged already. */
export async function replyTo(call: Call, reply: Reply, inside: Inside, { replace = false } = {}): Promise<void> {
  if (!reply) return;
  if (!('open' in reply)) return inside.enqueue([answerTo(call.delivery, reply, { replace })]);
  if (call.late) return inside.enqueue([answerTo(call.delivery, tooLate)]);
  try {
    const view = await openView(inside, call.trigger, reply.open);
    if (view) reply.opened?.(view);
  } catch (err) {
    inside.log.warn({ err }, 'could not open a form');
    await inside.enqueue([answerTo(call.delivery, couldNotOpen)]);
  }
}

/** The one write to Slack outside the outbox: a trigger lives three seconds. https://docs.slack.dev/interactivity/handling-user-interaction#triggers */
async function openView({ slack }: Inside, trigger: string, view: ModalView): Promise<OpenedView | undefined> {
  return OpenedAnswer.safeParse(await slack.call('views.open', { trigger_id: trigger, view })).data?.view;
}

const OpenedView = z.object({ id: z.string(), hash: z.string() });
type OpenedView = z.infer<typeof OpenedView>;
/** An answer that says neither is no reason to say that the form did not open. */
const OpenedAnswer = z.object({ view: OpenedView });

/** A view on top of the form in which somebody pressed; what they filled in stays under it. */
export async function pushView(call: Call, view: ModalView, inside: Inside): Promise<Reply> {
  if (call.late) return tooLate;
  try {
    await inside.slack.call('views.push', { trigger_id: call.trigger, view });
    return undefined;
  } catch (err) {
    inside.log.warn({ err }, 'could not open a view over a form');
    return couldNotOpen;
  }
}

export const tooLate: Message = {
  text: 'I was restarting when you asked for this form, and it is too late to open it now. Please ask once more.',
};
export const couldNotOpen: Message = {
  text: 'Slack did not let me open the form. Nothing is lost; please try once more.',
};

/** An event of Slack's. */
export function onEvent<Type extends string>(
  app: App,
  type: Type,
  inside: Inside,
  handle: (event: EventFromType<Type>, delivery: string) => Promise<void>,
): void {
  inside.wantedEvents.add(type);
  app.event(type, async ({ event, context }) => handle(event, deliveryOf(context).key));
}

export type PressHandler = (call: Call, press: { body: BlockAction; action: string }) => Promise<Reply>;

/** A button or a select in a message, or in a form. */
export function onPress(
  app: App,
  actionId: string | RegExp,
  inside: Inside,
  handle: PressHandler,
  options: { replace?: boolean } = {},
): void {
  if (typeof actionId === 'string') inside.presses.set(actionId, handle);
  app.action<BlockAction>(actionId, async ({ ack, body, context, action }) => {
    await ack();
    const { key, late } = deliveryOf(context);
    const person = await inside.people.who(body.user.id, body.user.team_id);
    const call: Call = {
      person,
      by: { person: person.id, delivery: key },
      delivery: key,
      channel: body.channel?.id,
      text: readValue(action),
      mentions: [],
      trigger: body.trigger_id,
      late,
    };
    await replyTo(call, await handle(call, { body, action: action.action_id }), inside, options);
  });
}

const Pressed = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

function readValue(action: unknown): string {
  const { value, selected_option: selected } = Pressed.parse(action);
  return selected?.value ?? value ?? '';
}

export interface Submitted {
  person: Person;
  by: By;
  values: ReturnType<typeof formValues>;
  /** What the form was opened with. */
  metadata: string;
  view: { id: string; hash: string };
}

/** Undefined closes the form. */
export type FormAnswer = { errors: Record<string, string> } | { update: ModalView } | undefined;

/** A submitted form. Acknowledged last, so that a refusal can appear under the field that caused it. */
export function onSubmit(
  app: App,
  callbackId: string,
  inside: Inside,
  handle: (form: Submitted) => Promise<FormAnswer>,
): void {
  app.view<ViewSubmitAction>(callbackId, async ({ ack, body, view, context }) => {
    const person = await inside.people.who(body.user.id, body.user.team_id);
    const answer = await handle({
      person,
      by: { person: person.id, delivery: deliveryOf(context).key, form: view.id },
      values: formValues(view.state.values),
      metadata: view.private_metadata,
      view: { id: view.id, hash: view.hash },
    });
    if (!answer) await ack();
    else if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
    else await ack({ response_action: 'update', view: answer.update });
  });
}

export function onShortcut(
  app: App,
  callbackId: string,
  inside: Inside,
  handle: (call: Call, message?: { channel: string; ts: string; text: string }) => Promise<Reply>,
): void {
  app.shortcut<GlobalShortcut | MessageShortcut>(callbackId, async ({ ack, body, context }) => {
    await ack();
    const { key, late } = deliveryOf(context);
    const person = await inside.people.who(body.user.id, body.user.team_id);
    const message =
      body.type === 'message_action'
        ? { channel: body.channel.id, ts: body.message_ts, text: body.message.text ?? '' }
        : undefined;
    const call: Call = {
      person,
      by: { person: person.id, delivery: key },
      delivery: key,
      channel: message?.channel,
      text: '',
      mentions: [],
      trigger: body.trigger_id,
      late,
    };
    await replyTo(call, await handle(call, message), inside);
  });
}

/** What a form says about input that zod did not take: each problem under its field. */
export function fieldErrors(error: z.ZodError, sentences: Record<string, string>): { errors: Record<string, string> } {
  return {
    errors: Object.fromEntries(
      error.issues.map((issue) => [String(issue.path[0]), sentences[String(issue.path[0])] ?? issue.message]),
    ),
  };
}
