import type { Feature } from '../../feature.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { denial, visibleTo } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Call } from '../../slack/subcommand.ts';
import { listMessage } from './views.ts';

/** How many resolved ones are shown for orientation. */
const mostResolved = 5;

async function run(call: Call, { store, policy, now }: Inside): Promise<Reply> {
  const denied = denial(policy, call.person, 'see');
  if (denied) return { text: denialText(denied) };
  const [open, over] = await store.read(
    async (tx) =>
      [
        await tx.incidents.list({ statuses: openStatuses, limit: 200 }),
        await tx.incidents.list({ statuses: ['resolved'], limit: 50 }),
      ] as const,
  );
  const visible = visibleTo(policy, call.person);
  const counts = (incident: (typeof open)[number]) => visible(incident) && !incident.isPractice;
  return listMessage({ open: open.filter(counts), over: over.filter(counts).slice(0, mostResolved) }, policy, now());
}

export const list: Feature = {
  name: 'list',
  subcommands: [{ name: 'list', usage: 'list', help: 'Show what is going on now.', where: 'anywhere', run }],
};
