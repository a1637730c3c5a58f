/** A storm of messages for the bench: as many as the app acknowledges, or a steady number per second. */
import { composed, messageEvent } from './messages.ts';
import { bot, team } from './people.ts';
import type { Slack } from './slack.ts';
import type { BurstResult } from './wire.ts';
import { type ChannelRecord, file } from './workspace.ts';

export type Burst = { count: number; perSecond?: number; inFlight?: number };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const at = (sorted: number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;

export async function burst(slack: Slack, channel: ChannelRecord, { count, perSecond, inFlight = 100 }: Burst) {
  const speakers = [...channel.members].filter((id) => id !== bot.userId);
  const latencies: number[] = [];
  const started = performance.now();
  let next = 0;
  let failed = 0;

  async function sendOne(number: number) {
    const user = speakers[number % speakers.length] ?? bot.userId;
    const message = composed(slack, channel, { user, text: `burst ${number}` });
    channel.messages.push(message);
    file(channel, message);
    const answer = await slack.deliver.measured({
      token: 'sandbox',
      team_id: team.id,
      api_app_id: bot.appId,
      event: messageEvent(message, channel),
      type: 'event_callback',
      event_id: slack.workspace.nextId('Ev'),
      event_time: Math.floor(slack.clock.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
    });
    if (answer.status === 'acked') latencies.push(answer.ms);
    else failed += 1;
  }

  /** One of the lanes; each sends its next when its last was answered, none ahead of the wished pace. */
  async function lane() {
    while (next < count) {
      const number = next;
      next += 1;
      if (perSecond) {
        const wait = (number / perSecond) * 1000 - (performance.now() - started);
        if (wait > 1) await sleep(wait);
      }
      await sendOne(number);
    }
  }

  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  slack.workspace.changed();
  const seconds = (performance.now() - started) / 1000;
  const sorted = latencies.toSorted((a, b) => a - b);
  const result: BurstResult = {
    sent: count,
    acked: latencies.length,
    failed,
    seconds: Math.round(seconds * 1000) / 1000,
    perSecond: Math.round(latencies.length / seconds),
    latency: { p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), max: at(sorted, 1) },
  };
  return result;
}
