import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { fits, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, gus, clock, bot, channel, incidents, read, tolerate } = story();

async function resolved({ secret = false } = {}): Promise<Room> {
  await ana.declares('Checkout [fails](https://evil.example)', { severity: 'sev2', felt: 'yes', private: secret });
  const room = await ana.isInvitedTo(/inc-/);
  await room.headline();
  await ana.types('/incident lead me', room);
  await ana.types('/incident update Payments fail for some', room);
  await room.shows(/Payments fail for some/);
  await ana.types('/incident resolve now', room);
  await room.shows(/resolved this incident/);
  return room;
}

const texts = async (section: string) => {
  const [incident] = await incidents();
  return read((tx) => tx.postmortemTexts.revisions(incident?.id ?? '', section));
};

describe('a postmortem', () => {
  it('is drafted at once, written by two, reviewed, published and re-opened', async () => {
    tolerate('ratelimited');
    const room = await resolved();
    await room.shows(/The draft of the postmortem is there.*<@U0+ANA> writes it.*owed in review by/);
    await ana.isTold(/You write the postmortem[\s\S]*owed in review by/);
    const reads = await ana.types('/incident postmortem read', room);
    expect(reads).toMatch(/## Summary[\s\S]*## Timeline[\s\S]*Payments fail for some/);
    expect(reads).toContain('Checkout \\[fails\\](https\\://evil.example)');

    await ana.self().openHome();
    await eventually('a home that says what is owed', async () =>
      fits(wordsOfView((await ana.self().home()) ?? ({ blocks: [] } as never)), /Postmortem of[\s\S]*owed in review by/)
        ? true
        : undefined,
    );

    const panel = await ana.types('/incident postmortem', room);
    expect(panel).toMatch(/\*Draft\*[\s\S]*\*Contributing factors\*\n5 questions are open[\s\S]*filled in by itself/);

    // Both open the same section; Ben is the first to save.
    await ben.self().join(room.id);
    await ana.types('/incident postmortem edit lucky', room);
    await ben.types('/incident postmortem edit lucky', room);
    await ben.submits({ text: 'It was a quiet hour.' }, /Edit a section/);
    const sent = await ana.submits({ text: 'Ben was awake.' }, /Edit a section/);
    expect(sent.outcome).toBe('updated');
    const clash = wordsOfView(sent.view as never);
    expect(fits(clash, /while you did[\s\S]*It was a quiet hour\./)).toBe(true);
    expect((await texts('where-we-got-lucky')).map(({ text, aside }) => [text, aside])).toEqual([
      ['It was a quiet hour.', false],
      ['Ben was awake.', true],
    ]);
    await ana.submits({ choice: 'both' }, /Written meanwhile/);
    await bot.settled();
    expect((await texts('where-we-got-lucky')).at(-1)).toMatchObject({
      text: 'It was a quiet hour.\n\nBen was awake.',
      by: ana.id,
      aside: false,
    });

    // Words that blame are saved as they are, and pointed at.
    await ana.types('/incident postmortem edit lucky', room);
    const blaming = await ana.submits({ text: 'We should have tested it. Ben was awake.' }, /Edit a section/);
    expect(blaming.outcome).toBe('updated');
    expect(wordsOfView(blaming.view as never)).toMatch(/is saved[\s\S]*should have tested/);

    await ana.presses('Send for review', room);
    await room.shows(/asks you to read the postmortem/);
    await ben.types('/incident postmortem publish', room);
    await room.shows(/published the postmortem/);
    const updates = await channel('incidents');
    await updates.shows(/The postmortem of [\s\S]* is published/);
    await chloe.presses('Read it', updates);
    const read = await chloe.sees(/Where we got lucky[\s\S]*Ben was awake/, updates);
    expect(JSON.stringify(read)).not.toMatch(/What kept this from being worse/);

    expect(await ana.types('/incident postmortem edit summary', room)).toMatch(/was published\. Re-open it/);
    await ana.types('/incident postmortem reopen the numbers were wrong', room);
    await room.shows(/re-opened the postmortem[\s\S]*the numbers were wrong/);
    expect(await incidents()).toMatchObject([{ postmortem: { status: 'draft' }, troubles: [] }]);
  });

  it('goes on when the incident comes back, and its owner hears when it is late, and the commander once', async () => {
    // More is said within a few seconds than Slack takes in one channel.
    tolerate('ratelimited');
    const room = await resolved();
    await room.shows(/draft of the postmortem is there/);
    await ana.types(`/incident postmortem owner <@${ben.id}|ben>`, room);
    await ben.isInvitedTo(/inc-/);
    await ben.isTold(/You write the postmortem/);
    await ana.types('/incident reopen it is back', room);
    await room.shows(/reopened this incident/);
    await ana.types('/incident resolve now', room);
    await room.shows(/The postmortem goes on where it was/);
    await bot.settled();
    await clock.forward({ hours: 96 });
    await ben.isTold(/postmortem was owed in review by/);
    await ana.isTold(/postmortem was owed in review[\s\S]*was reminded/);
    await clock.forward({ hours: 240 });
    await ben.isTold(/postmortem was owed published by/);
    await bot.settled();
    await clock.forward({ hours: 240 });
    await bot.settled();
    const told = await ana.self().directMessages();
    expect(told.filter(({ text }) => /owed in review/.test(text) && !/You write/.test(text))).toHaveLength(1);
    expect(await room.count(/draft of the postmortem is there/)).toBe(1);
  });

  it('of a private incident is nobody else’s news, and of practice nobody owes it', async () => {
    tolerate('ratelimited');
    const room = await resolved({ secret: true });
    await room.shows(/draft of the postmortem is there/);
    await ana.types('/incident postmortem publish', room);
    await room.shows(/published the postmortem/);
    expect(await chloe.types('/incident postmortem read')).not.toMatch(/Checkout|Which incident/);
    const updates = await channel('incidents');

    await ana.types('/incident test A drill');
    const drill = await ana.isInvitedTo(/drill/);
    await drill.headline();
    expect(await ana.types('/incident postmortem', drill)).toMatch(/no postmortem of .* yet/);
    await ana.types('/incident resolve now', drill);
    await drill.shows(/draft of the postmortem is there[\s\S]*Whoever wants to may write it/);
    await gus.types('/incident postmortem publish', drill).catch(() => undefined);
    await bot.settled();
    expect(await updates.count(/postmortem/i)).toBe(0);
    const told = await ana.self().directMessages();
    expect(told.filter(({ text }) => /drill[\s\S]*You write/.test(text))).toHaveLength(0);
  });

  it('is not drafted of what was no incident', async () => {
    await ana.declares('A false alarm', { felt: 'no' });
    const room = await ana.isInvitedTo(/alarm/);
    await room.headline();
    await ana.types('/incident decline a test', room);
    await room.shows(/declined/);
    await bot.settled();
    expect(await room.count(/postmortem/)).toBe(0);
  });
});
