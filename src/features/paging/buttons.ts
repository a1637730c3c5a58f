import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Command } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { isAtPager } from '../../incident/page.ts';
import { pageOf } from '../../incident/paging.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { refusalText } from '../../slack/refusals.ts';
import type { Call } from '../../slack/subcommand.ts';

const Pressed = z.tuple([z.string(), z.number()]);

/** What people press under a page. Permission is asked at each press: the message may be a week old. */
export function listenToButtons(app: App, inside: Inside): void {
  onPress(app, 'page-take', inside, async (call) => {
    const person = call.person.id;
    const taken = await doOn(call, inside, (page) => ({ type: 'takePage', page, person }));
    if (!('incident' in taken)) return taken;
    return { text: `You have it. ${toldThere(taken, inside)}` };
  });

  onPress(app, 'page-escalate', inside, async (call) => {
    if (!inside.paging?.pager?.incidents) return { text: withoutToken };
    const escalated = await doOn(call, inside, (page) => ({ type: 'escalatePage', page }));
    if (!('incident' in escalated)) return escalated;
    return { text: 'Escalated: PagerDuty is asked to wake whoever comes next. The thread says who that is.' };
  });
}

const withoutToken =
  'I can only escalate with a PagerDuty token, and none is set. Press *Page someone else*, or escalate in PagerDuty.';

function toldThere({ incident, page: number }: Done, { paging }: Inside): string {
  const page = pageOf(incident, number);
  const hears = paging?.pager && page && isAtPager(page);
  const { channel } = incident;
  return `${hears ? 'PagerDuty hears of it' : 'Everybody sees it'}${channel ? `; the work is in <#${channel.id}>.` : '.'}`;
}

interface Done {
  incident: Incident;
  page: number;
}

async function doOn(
  call: Call,
  inside: Inside,
  command: (page: number) => Command,
): Promise<Done | Extract<Reply, { text: string }>> {
  const [id, page] = Pressed.parse(JSON.parse(call.text));
  const pressed = await pressedOn({ ...call, text: id }, 'answerPage', inside);
  if (typeof pressed === 'string') return { text: pressed };
  const outcome = await inside.desk.handle(id, command(page), call.by);
  return 'refused' in outcome ? { text: refusalText(outcome.refused) } : { incident: outcome.incident, page };
}
