import type { App, BlockAction } from '@slack/bolt';
import type * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import type { PostUpdate } from '../../incident/update-commands.ts';
import { postUpdate } from '../../incident/updates.ts';
import type { Policy } from '../../policy.ts';
import { formValues } from '../../slack/form.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress, pushView, type Submitted } from '../../slack/listen.ts';
import { pressedInForm } from '../../slack/on-incident.ts';
import { updateReply } from '../announcement/views.ts';
import { promisedBy } from './promise.ts';
import { type Preview, previewModal, updateMessage } from './views.ts';

/** *Preview* in the form: shows on top of it what would be posted now. */
export function listenToPreview(
  app: App,
  inside: Inside,
  read: (values: Submitted['values'], inside: Inside) => z.ZodSafeParseResult<PostUpdate>,
): void {
  onPress(app, 'preview-update', inside, async (call, { body }) => {
    const pressed = await pressedInForm(call, body, 'postUpdate', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const command = read(formValues(stateOf(body)), inside);
    const { policy, now } = inside;
    const preview = previewOf(
      pressed.incident,
      command.success ? command.data : undefined,
      call.person.id,
      now(),
      policy,
    );
    return pushView(call, previewModal(preview), inside);
  });
}

const stateOf = ({ view }: BlockAction) => view?.state.values ?? {};

/** What the rules and the views would make of it now. */
export function previewOf(
  incident: Incident,
  command: PostUpdate | undefined,
  by: string,
  now: Date,
  policy: Policy,
): Preview {
  const decision = command && postUpdate(incident, command, now, policy);
  const posted = decision && 'events' in decision ? decision.events[0] : undefined;
  if (posted?.type !== 'updatePosted') return { incident, policy, here: undefined, outside: undefined };
  const update = { text: posted.text, by, promised: promisedBy(posted, incident) };
  const isAnnounced = !incident.isPrivate && !incident.isPractice;
  return { incident, policy, here: updateMessage(update), outside: isAnnounced ? updateReply(update) : undefined };
}
