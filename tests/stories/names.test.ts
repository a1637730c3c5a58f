import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, slack, bot, channel, incidents } = story();

describe('a channel’s name', () => {
  it.each([
    ['in Japanese', '決済が失敗しています', /^inc-1$/],
    ['of emoji alone', '🔥🔥🧯', /^inc-1$/],
    ['with accents', 'Señales caídas en Zürich', /^inc-1-senales-caidas-en-zurich$/],
    ['of punctuation', '!!! ??? ---', /^inc-1$/],
    ['of 300 characters', 'payments '.repeat(34).slice(0, 300), /^inc-1-(payments-)+[a-z]+$/],
  ])('is legal for a title %s', async (_, title, name) => {
    await ana.declares(title);
    const room = await ana.isInvitedTo(name);
    expect(room.name.length).toBeLessThanOrEqual(80);
    await room.headline();
    const [incident] = await incidents();
    expect(incident?.title).toBe(title.trim());
  });

  it('takes the next one when somebody else’s channel has it', async () => {
    await ana.self().createChannel('inc-1-search-is-slow');
    await ana.declares('Search is slow');
    const room = await ana.isInvitedTo(/^inc-1-search-is-slow-2$/);
    await room.headline(/Search is slow/);
  });
});

describe('a hostile title', () => {
  const hostile = [
    '<!channel> <!here> <@U0000000BEN> @channel',
    '<https://evil.example|Click *here*> & <b>bold</b>',
    '\u202egnp.exe \u200bzero \u2066width',
    '`code` *bold* ~gone~ > quote :fire:',
  ];

  it.each(hostile)('mentions nobody and breaks nothing: %j', async (title) => {
    await ana.declares(title, { summary: title });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline();
    await ana.types(`/incident update ${title}`, room);
    await ana.types(`/incident status identified ${title}`, room);
    await ana.types(`/incident severity 1 ${title}`, room);
    await (await channel('incidents')).shows(/Identified/);
    await bot.settled();

    const rung = (await slack.ledger()).flatMap((entry) =>
      entry.kind === 'call' && entry.notifies ? [...entry.notifies.users, ...entry.notifies.broadcast] : [],
    );
    expect(rung.filter((who) => who !== ana.id)).toEqual([]);
    const said = (await room.messages()).map(wordsOf).join('\n');
    expect(said).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  });
});
