import type { App } from '@slack/bolt';
import type { Incident } from '../../incident/incident.ts';
import { statuses } from '../../incident/lifecycle.ts';
import { denial } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { canvasOf } from './canvas.ts';
import { type Format, formats } from './files.ts';
import { exportOf } from './post.ts';
import { exportingMessage, noChannel, unclearFormat } from './views.ts';

type Wanted = Format | 'canvas';

export const exportSubcommand: Subcommand = {
  name: 'export',
  usage: 'export [md|html|pdf|json|canvas|all]',
  help: 'Put the postmortem, or everything that is kept, into the channel as files.',
  where: 'incident',
  statuses,
  async run(call, inside) {
    const denied = denial(inside.policy, call.person, 'export', call.incident, call);
    if (denied) return { text: denialText(denied) };
    const wanted = readWanted(call.text);
    return wanted ? start(call.incident, wanted, call, call.here, inside) : unclearFormat(call.text);
  },
};

export function listen(app: App, inside: Inside): void {
  onPress(app, 'export', inside, async (call) => {
    const pressed = await pressedOn(call, 'export', inside);
    return typeof pressed === 'string'
      ? { text: pressed }
      : start(pressed.incident, ['md', 'pdf'], call, pressed.here, inside);
  });
}

const words: Record<string, Wanted> = { markdown: 'md', htm: 'html' };

/** Undefined when one of them is no format. Nothing typed means the one that everybody can read. */
function readWanted(text: string): Wanted[] | undefined {
  const typed = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (typed.length === 0) return ['md'];
  if (typed.includes('all')) return [...formats];
  const known: readonly string[] = [...formats, 'canvas'];
  const named = [...new Set(typed.map((word) => words[word] ?? word))];
  return named.every((word) => known.includes(word)) ? (named as Wanted[]) : undefined;
}

async function start(incident: Incident, wanted: Wanted[], call: Call, here: boolean, inside: Inside): Promise<Reply> {
  if (!incident.channel || incident.channelGone) return noChannel(incident);
  const asked = { by: call.person.id, delivery: call.delivery };
  await inside.enqueue(
    wanted.map((one) => (one === 'canvas' ? canvasOf(incident) : exportOf(incident, one, inside.now(), asked))),
  );
  return exportingMessage(incident, wanted, here);
}
