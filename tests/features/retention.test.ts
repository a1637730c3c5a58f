import { expect, it } from '@jest/globals';
import { eraseWhatIsOld } from '../../src/features/capture/retention.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Inside } from '../../src/slack/inside.ts';
import { onSqlite } from '../support/databases.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const days = (count: number) => new Date(at('12:00').getTime() + count * 24 * 60 * 60_000);

onSqlite('what was said', (fresh) => {
  it('is erased so many days after the end of its incident, and not while that goes on', async () => {
    const store = await fresh.store();
    const policy = thePolicy();
    const add = (fields: Partial<Incident> & { id: string; number: number }) =>
      store.transact(async (tx) => {
        const channel = `C${fields.number}`;
        const incident = anIncident({ ...fields, version: 1, channel: { id: channel, name: channel } });
        const declared = { ...incident, type: 'declared' as const, channelName: '', policyVersion: '' };
        await tx.incidents.save(incident, undefined, [declared], { by: 'U0ANA', at: at('09:00') });
        await tx.captures.heard(channel, incident.id, at('12:00'));
        const said = { incident: incident.id, channel, author: 'U0ANA', kind: 'said' as const, files: [], earlier: [] };
        const many = Array.from({ length: 600 }, (_, index) => ({
          ...said,
          ts: `1772200${String(index).padStart(3, '0')}.000100`,
          text: `words ${index}`,
        }));
        await tx.messages.keep(many);
      });
    await add({ id: 'inc_1', number: 1, status: 'resolved', resolvedAt: at('11:00') });
    await add({ id: 'inc_2', number: 2, status: 'investigating' });

    const standing = () => store.read((tx) => tx.messages.countStanding({}));
    const after = (count: number) => eraseWhatIsOld({ store, policy, now: () => days(count) } as Inside);
    await after(policy.retention.messageDays - 1);
    expect([...(await standing()).keys()].toSorted()).toEqual(['inc_1', 'inc_2']);
    await after(policy.retention.messageDays + 1);
    expect([...(await standing()).keys()]).toEqual(['inc_2']);
    const [message] = await store.read((tx) => tx.messages.of('inc_1', { limit: 1 }));
    expect(message).toMatchObject({ text: '', erasedBy: 'retention' });
    await after(policy.retention.messageDays + 2);
    expect([...(await standing()).keys()]).toEqual(['inc_2']);
  });
});
