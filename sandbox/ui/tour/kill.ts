/** The promise put to the test: what the bot has acknowledged survives kill -9. */
import type { CommandResult } from '../../wire.ts';
import type { Page } from '../blocks/contract.ts';

export const promised = 'Half of the customers can pay again. We watch the other half.';

/** Sends an update and kills the bot in the moment it said that it has it; gives back what it was told to keep. */
export async function killInTheMiddle(page: Page, channel: string): Promise<string> {
  const name = page.viewer.peek()?.name ?? '';
  const sent = await page.ask<CommandResult>('POST', `/people/${name}/command`, {
    text: `/incident update ${promised}`,
    channel,
  });
  if (!sent.ok) throw new Error('The bot did not acknowledge it, so it promised nothing. Try again when it is back.');
  await page.ask('POST', '/bot', { do: 'kill' });
  await page.ask('POST', '/bot', { do: 'start' });
  return promised;
}
