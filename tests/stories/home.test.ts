import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { fits, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, gus, slack, bot, clock, applied, incidents, faults } = story();

/** What somebody reads in App Home, once it says this. */
async function home(person: typeof ana, pattern: string | RegExp): Promise<string> {
  const words = async () => wordsOfView((await person.self().home()) ?? ({ blocks: [] } as never));
  return eventually(
    `a home of ${person.name} that says ${pattern}`,
    async () => {
      const now = await words();
      return fits(now, pattern) ? now : undefined;
    },
    { seen: words },
  );
}

describe('App Home', () => {
  it('shows what is mine and what goes on, and lets me join, follow and stop', async () => {
    await ben.self().openHome();
    await home(ben, /Nothing\. No incident is open\.[\s\S]*Nothing yet/);
    await ana.self().openHome();
    await ana.declares('Payments fail', { severity: 'sev2' });
    await home(ana, /My incidents[\s\S]*#1 Payments fail|My incidents[\s\S]*\*#1\* Payments fail/);
    await home(ben, /Going on now[\s\S]*Payments fail[\s\S]*SEV2 · Investigating/);

    await ben.presses('Follow', { form: 'home' });
    await home(ben, /What I follow[\s\S]*Payments fail/);
    await ben.isTold(/Payments fail[\s\S]*Next update/);
    await ben.presses('Unfollow', { form: 'home' });
    await home(ben, /Nothing yet/);
    await ben.types('/incident subscribe checkout');
    await home(ben, /Every incident of Checkout/);
    await ben.presses('Remove', { form: 'home' });
    await home(ben, /Nothing yet/);

    await ben.presses('Join', { form: 'home' });
    await ben.isInvitedTo(/payments/);
    await home(ben, /My incidents[\s\S]*Payments fail[\s\S]*Nothing else/);
  });

  it('declares, and confirms by direct message', async () => {
    await ben.self().openHome();
    await home(ben, /Declare an incident/);
    await ben.presses('Declare an incident', { form: 'home' });
    await ben.submits({ title: 'Search is slow' }, 'Declare an incident');
    await ben.isInvitedTo(/search/);
    await ben.isTold(/Declared as[\s\S]*#1|Search is slow/);
    await home(ben, /My incidents[\s\S]*Search is slow/);
  });

  it('shows no private incident to others, no practice run to anybody, and nothing to guests', async () => {
    await ana.declares('Leak of canary', { private: true });
    const room = await ana.isInvitedTo(/private/);
    await ana.declares('Fire drill', { practice: true });
    await ana.self().openHome();
    await ben.self().openHome();
    await gus.self().openHome();
    expect(await home(ana, /Leak of canary/)).not.toMatch(/drill/);
    expect(await home(ben, /No incident is open/)).not.toMatch(/canary|drill/);
    await home(gus, /Guests cannot do that here/);
    await ana.self().invite('ben', room.id);
    await home(ben, /My incidents[\s\S]*Leak of canary/);
    await ben.self().leave(room.id);
    expect(await home(ben, /No incident is open/)).not.toMatch(/canary/);
  });

  it('changes no more often than every few seconds, and not at all where nothing new is to be seen', async () => {
    await ben.self().openHome();
    await home(ben, /No incident is open/);
    await clock.freeze();
    await ana.declares('Payments fail');
    const room = await ana.isInvitedTo(/payments/);
    for (const note of ['a', 'b', 'c']) await ana.types(`/incident update ${note}`, room);
    await bot.settled();
    expect(await applied('views.publish')).toBe(1);
    await clock.forward({ seconds: 10 });
    await home(ben, /Payments fail/);
    await bot.settled();
    expect(await applied('views.publish')).toBe(2);
    await ana.types('/incident update d', room);
    await clock.forward({ seconds: 10 });
    await bot.settled();
    expect(await applied('views.publish')).toBeLessThanOrEqual(3);
  });

  it('goes over a page that came from elsewhere meanwhile, and survives a restart', async () => {
    await ben.self().openHome();
    await home(ben, /No incident is open/);
    await faults.add({ kind: 'lost-reply', method: 'views.publish', times: 1 });
    await ana.declares('Payments fail');
    await ana.isInvitedTo(/payments/);
    await clock.forward({ seconds: 30 });
    await home(ben, /Payments fail/);
    await bot.stop();
    await bot.start();
    await clock.forward({ seconds: 30 });
    await ana.declares('Search is slow');
    await clock.forward({ seconds: 10 });
    await home(ben, /Search is slow/);
    expect(await incidents()).toHaveLength(2);
    expect((await slack.violations()).length).toBe(0);
  });
});
