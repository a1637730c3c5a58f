import { describe, expect, it } from '@jest/globals';
import { story } from '../support/story.ts';

const { ana, ben, slack, bot, channel, incidents } = story();

describe('the channel of an incident', () => {
  it('gets a new name with the title, another one when somebody has that, and one from people is kept', async () => {
    await ben.self().createChannel('inc-1-payments-are-failing');
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ana.types('/incident rename Payments are failing', room);
    await room.becomes('renamed', ({ name }) => name === 'inc-1-payments-are-failing-2');
    await room.shows(/renamed it to \*Payments are failing\*/);
    await room.headline(/Payments are failing/);
    await room.hasTopic(/Payments are failing/);
    await (await channel('incidents')).shows(/#1 Payments are failing/);

    await ana.types('/incident rename', room);
    expect(await ana.submits({ title: ' ' }, 'Rename')).toMatchObject({ outcome: 'errors' });
    await ana.self().close({ all: true });
    await ana.self().rename(room.id, 'payments-war-room');
    await bot.settled();
    expect(await incidents()).toMatchObject([{ channel: { name: 'payments-war-room' }, troubles: [] }]);
  });

  it('that the bot was removed from is told to who runs it, nothing piles up, and all is made up for', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await bot.settled();
    await ana.self().kick('tocsin', room.id);
    await ana.isTold(/I was removed from[\s\S]*invite @tocsin/);
    expect(await ana.types('/incident update the cache is cold', room)).toMatch(/It shows nowhere here/);
    await ana.types('/incident severity 1 all of them', room);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ channelGone: 'bot-removed', troubles: [] }]);
    const failed = (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.reply.ok === false);
    expect(failed).toEqual([]);
    await ana.self().invite('tocsin', room.id);
    await room.shows(/Meanwhile:[\s\S]*the cache is cold[\s\S]*SEV1[\s\S]*all of them/);
    await room.headline(/SEV1/);
    await room.hasTopic(/SEV1/);
  });

  it('that was deleted is replaced by another when somebody asks for it, and people go on there', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await room.headline();
    await ben.presses('Join', 'incidents');
    await ben.isInvitedTo(/checkout/);
    await bot.settled();
    await ana.self().deleteChannel(room.id);
    await ana.isTold(/its channel was deleted/);
    await (await channel('incidents')).shows(/which is gone/);
    await ben.types('/incident update we use the bridge', 'general');
    await ben.self().choose('choose-incident', (await incidents())[0]?.id ?? '', { channel: 'general' });
    await bot.settled();
    await ana.presses('Open a new channel', await ana.dm());
    const next = await ben.isInvitedTo(/^inc-1-checkout-is-failing/);
    await next.headline(/we use the bridge/);
    await next.shows(/goes on here, since its channel is gone\. Meanwhile:[\s\S]*we use the bridge/);
    await ana.presses('Open a new channel', await ana.dm());
    await bot.settled();
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-1-'))).toHaveLength(1);
    expect(await incidents()).toMatchObject([{ channel: { id: next.id }, troubles: [] }]);
  });

  it('stays as public as it was when the incident is made private, and the bot says so', async () => {
    await ana.declares('Card numbers of Globex leaked');
    const room = await ana.isInvitedTo(/globex/);
    await room.headline();
    await ana.types('/incident private', room);
    await ana.form(/What was public stays public in Slack[\s\S]*anybody in the workspace can still open this one/);
    await ana.submits({}, 'Make it private');
    await room.shows(/made this incident private[\s\S]*This channel is still public[\s\S]*Change to a private channel/);
    await (await channel('incidents')).shows('A private incident was declared');
    await room.becomes('neutral', ({ name, topic }) => name === 'inc-1-private' && !topic.includes('Globex'));
    await ana.types('/incident update We rotate keys of Globex', room);
    await room.shows(/rotate/);
    await bot.settled();
    const updates = await channel('incidents');
    expect(JSON.stringify(await updates.messages())).not.toContain('Globex');
    expect(await ben.types('/incident list', 'general')).not.toContain('Globex');
    expect(await ana.types('/incident private now', room)).toMatch(/private already/);
    expect(await incidents()).toMatchObject([{ isPrivate: true, channelIsPublic: true, troubles: [] }]);
  });
});
