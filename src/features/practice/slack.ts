import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { By } from '../../desk.ts';
import { Declare } from '../../incident/commands.ts';
import { longestTitle } from '../../incident/fields.ts';
import { denial } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import { fieldErrors, onSubmit } from '../../slack/listen.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { practiceModal } from './views.ts';

const Asked = z.object({ title: Declare.shape.title, severity: Declare.shape.severity.default('sev2') });

const sentences = { title: `Say in a few words what it is about, in at most ${longestTitle} characters.` };

function declare(asked: z.infer<typeof Asked>, answerTo: string, by: By, inside: Inside) {
  const practice = { type: 'declare', ...asked, impact: { felt: 'unknown' }, isPractice: true, answerTo };
  return inside.desk.declare(Declare.parse(practice), by);
}

export const testSubcommand: Subcommand = {
  name: 'test',
  usage: 'test [what to practise]',
  help: 'Begin a practice incident: announced to nobody, listed nowhere, not counted.',
  where: 'anywhere',
  async run(call, inside) {
    const denied = denial(inside.policy, call.person, 'declare');
    if (denied) return { text: denialText(denied) };
    const asked = Asked.safeParse({ title: call.text.replace(/\s+/g, ' ') });
    if (!call.text || !asked.success) return { open: practiceModal(call.delivery, call.text, inside.policy) };
    const outcome = await declare(asked.data, call.delivery, call.by, inside);
    return 'refused' in outcome ? { text: refusalText(outcome.refused) } : undefined;
  },
};

export function listen(app: App, inside: Inside): void {
  onSubmit(app, 'practice', inside, async ({ person, by, values, metadata }) => {
    const denied = denial(inside.policy, person, 'declare');
    if (denied) return { errors: { title: denialText(denied) } };
    const asked = Asked.safeParse(values);
    if (!asked.success) return fieldErrors(asked.error, sentences);
    const outcome = await declare(asked.data, metadata, by, inside);
    return 'refused' in outcome ? { errors: { title: refusalText(outcome.refused) } } : undefined;
  });
}
