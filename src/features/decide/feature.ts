import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Feature } from '../../feature.ts';
import { Severity } from '../../incident/severity.ts';
import { verdictOf } from '../../incident/verdict.ts';
import { denial } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import { onSubmit } from '../../slack/listen.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { declareModal, startsAs } from '../declare/views.ts';
import { woken } from '../paging/woken.ts';
import { decideModal, fieldOf, verdictModal } from './views.ts';

const decideSubcommand: Subcommand = {
  name: 'decide',
  usage: 'decide [what is wrong]',
  help: 'A few questions: declare or not, and how severe?',
  where: 'anywhere',
  async run(call, { policy }) {
    const denied = denial(policy, call.person, 'declare');
    if (denied) return { text: denialText(denied) };
    return { open: decideModal({ title: call.text, answerTo: call.delivery }, policy) };
  },
};

const Carried = z.object({ title: z.string(), answerTo: z.string().optional() });
const Decided = Carried.extend({ felt: z.enum(['yes', 'no', 'unknown']), severity: Severity.optional() });
const Choice = z.coerce.number().int().min(0);

function listen(app: App, inside: Inside): void {
  const { policy } = inside;

  onSubmit(app, 'decide', inside, async ({ values, metadata }) => {
    const chosen = policy.decide.map((_, index) => Choice.safeParse(values[fieldOf(index)]));
    const missing = chosen.flatMap(({ success }, index) => (success ? [] : [[fieldOf(index), 'Choose one.']]));
    if (missing.length > 0) return { errors: Object.fromEntries(missing) };
    const verdict = verdictOf(
      chosen.map(({ data }) => data ?? -1),
      policy,
    );
    return { update: verdictModal(verdict, Carried.parse(JSON.parse(metadata)), policy) };
  });

  onSubmit(app, 'decided', inside, async ({ metadata }) => {
    const { title, answerTo, felt, severity } = Decided.parse(JSON.parse(metadata));
    const chosen = { severity: severity ?? startsAs, services: [], isPractice: false, isPrivate: false };
    const draft = {
      title,
      summary: '',
      felt,
      ...(severity && { severity }),
      similar: [],
      woken: await woken(chosen, inside),
    };
    return { update: declareModal({ ...draft, metadata: { ...(answerTo && { answerTo }), seen: [] } }, policy) };
  });
}

/** Should I declare, and how severe? The questions are the policy's. */
export const decide: Feature = { name: 'decide', subcommands: [decideSubcommand], listeners: listen };
