import { describe, expect, it } from '@jest/globals';
import { onBothEngines } from '../support/databases.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

// The inner group ends its bot before the outer one removes the database.
onBothEngines('the life of an incident', (fresh) =>
  describe('over the wire', () => {
    const { ana, ben, slack, bot, channel, incidents } = story({ database: () => fresh.url() });

    // One and the same minute for as long as the file runs: between two looks at the clock it may have struck.
    const thisMinute = Math.floor(Date.now() / 60_000);
    const minutesAgo = (count: number) => new Date((thisMinute - count) * 60_000);

    it('goes from the first word to the last, and everybody who follows sees it', async () => {
      await ana.declares('Checkout is failing', { severity: 'sev2', felt: 'yes', since: minutesAgo(30) });
      const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
      const headline = await room.headline();
      const updates = await channel('incidents');
      const announcement = await updates.shows(/Checkout is failing/);
      await ben.presses('Join', 'incidents');
      await ben.isInvitedTo(/checkout/);

      await ben.types('/incident update About 5 % of payments fail; we roll back', room);
      await room.shows(/Update[\s\S]*About 5 % of payments fail; we roll back/);
      await room.headline(/Latest update[\s\S]*About 5 %/);
      const reply = await updates.shows(/^About 5 % of payments fail/);
      expect(reply.thread_ts).toBe(announcement.ts);

      await ana.types('/incident severity 1 it is all payments now', room);
      await room.shows(/changed severity from SEV2 to \*SEV1\*[\s\S]*it is all payments now/);
      await room.hasTopic(/^SEV1 · Investigating/);

      await ana.types('/incident status identified a bad release', room);
      await room.shows(/changed status to \*Identified\*[\s\S]*a bad release/);
      await room.hasTopic(/^SEV1 · Identified/);
      await updates.shows(/SEV1 · Identified/);
      expect(await ben.types('/incident list', 'general')).toMatch(/One incident is open[\s\S]*SEV1 · Identified/);

      await ana.types('/incident resolve', room);
      await ana.submits({ felt: 'yes', ended: minutesAgo(5), note: 'rolled back' }, 'Resolve');
      await room.shows(/resolved this incident[\s\S]*\(25 min\)[\s\S]*rolled back/);
      await room.headline(/Resolved by/);
      await room.hasTopic(/^SEV1 · Resolved/);
      await updates.shows(/SEV1 · Resolved/);
      expect(await ben.types('/incident list', 'general')).toMatch(/No incidents are open[\s\S]*Resolved lately/);
      await bot.settled();

      // One living message each, edited in place.
      expect(
        (await room.messages()).filter(({ ts }) => ts === headline.ts).map(({ edited }) => Boolean(edited)),
      ).toEqual([true]);
      expect(await room.count(/^#1 Checkout is failing: /)).toBe(1);
      const inTheOpen = (await updates.messages()).filter(({ ts, thread_ts: thread }) => !thread || thread === ts);
      expect(inTheOpen.map(({ ts }) => ts)).toEqual([announcement.ts]);
      expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
      expect(await incidents()).toMatchObject([
        {
          status: 'resolved',
          severity: 'sev1',
          updateCount: 1,
          impact: { felt: 'yes', started: minutesAgo(30), ended: minutesAgo(5) },
          resolvedBy: ana.id,
          troubles: [],
        },
      ]);
    });

    it('goes by forms as well as by words', async () => {
      await ana.declares('Search is slow');
      const room = await ana.isInvitedTo(/search/);
      await room.headline();

      await ana.presses('Post update', room);
      await ana.submits({ text: 'Results take\nten seconds' }, 'Post an update');
      await room.shows(/> Results take\n> ten seconds/);

      await ana.presses('Change status', room);
      await ana.submits({ to: 'monitoring', note: 'index rebuilt' }, 'Change status');
      await room.shows(/Monitoring\*[\s\S]*index rebuilt/);

      await ana.types('/incident severity', room);
      await ana.submits({ to: 'sev3' }, 'Change severity');
      await room.hasTopic('SEV3 · Monitoring · Search is slow');

      await ana.presses('Resolve', room);
      await ana.submits({ felt: 'no' }, 'Resolve');
      await room.headline(/did not feel it/);
      await room.hasTopic(/Resolved/);
    });

    it('is resolved in one line when the end is said with it', async () => {
      await ana.declares('Search is slow', { felt: 'yes', since: minutesAgo(60) });
      const room = await ana.isInvitedTo(/search/);
      await ana.types('/incident resolve 10 minutes ago', room);
      await room.shows(/resolved this incident\. Customers felt it[\s\S]*\(5\d min\)|\(50 min\)/);
      expect(await incidents()).toMatchObject([{ status: 'resolved' }]);
    });

    it('keeps what was typed after resolve and is no time as what fixed it', async () => {
      await ana.declares('Search is slow', { felt: 'no' });
      const room = await ana.isInvitedTo(/search/);
      await ana.types('/incident resolve restarted the indexer', room);
      await ana.submits({ felt: 'no' }, 'Resolve');
      await room.shows(/resolved this incident[\s\S]*restarted the indexer/);
    });

    it('keeps updates in the order they were written', async () => {
      await ana.declares('Search is slow');
      const room = await ana.isInvitedTo(/search/);
      const words = ['one', 'two', 'three', 'three', 'five'];
      for (const word of words) await ana.types(`/incident update ${word}`, room);
      // In the channel: the headline may show it before its turn has come there.
      await room.shows(/:mega: \*Update\*[\s\S]*> five/);
      const said = (await room.messages())
        .map(wordsOf)
        .filter((text) => /\*Update\*/.test(text) && !/Status/.test(text));
      expect(said.map((text) => text.split('> ').at(-1)?.split('\n', 1)[0])).toEqual(words);
    });
  }),
);
