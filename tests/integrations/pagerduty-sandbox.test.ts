import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OnCall, PagerIncidents } from '../../src/integrations/contracts.ts';
import type { NewAlert, NewPage } from '../../src/integrations/pager-shapes.ts';
import { createPagerDuty, type PagerDuty } from '../../src/integrations/pagerduty/pagerduty.ts';
import { signatureProblem } from '../../src/integrations/pagerduty/signature.ts';
import { readDelivery } from '../../src/integrations/pagerduty/webhook.ts';
import { secret } from '../../src/secret.ts';
import { type Opened, open } from '../sandbox/open.ts';
import { receiver } from '../sandbox/pager.ts';

let opened: Opened;
let pagerDuty: PagerDuty;
beforeEach(async () => {
  opened = await open();
  const { apiUrl, eventsUrl, token, from, routingKey, webhookSecret } = opened.sandbox.pagerDuty;
  pagerDuty = createPagerDuty({
    rest: { token: secret(token), from },
    routingKeys: { default: secret(routingKey) },
    apiUrl,
    eventsUrl,
    webhookSecrets: [secret(webhookSecret)],
  });
});
afterEach(async () => {
  expect(await opened.client.violations()).toEqual([]);
  pagerDuty.close();
  await opened[Symbol.asyncDispose]();
});

const onCall = () => pagerDuty.onCall as OnCall;
const incidents = () => pagerDuty.pager.incidents as PagerIncidents;
const people = () => opened.client.pagerduty;
const now = () => opened.client.clock.now();

const anAlert: NewAlert = {
  routingKey: 'default',
  dedupKey: 'inc_1:checkout',
  summary: 'SEV1 Checkout is failing',
  severity: 'critical',
  source: 'tocsin.example.com',
  links: [{ href: 'https://tocsin.example.com/incidents/7', text: 'Incident 7' }],
  details: { 'declared by': 'Ana' },
};
const aPage: NewPage = {
  key: 'inc_1:ben',
  title: 'Checkout is failing',
  details: 'Why: the payment provider times out',
  service: 'PSVCCHK',
  whom: { person: 'PUSRBEN' },
  urgency: 'high',
};

describe('PagerDuty, as strict as it is', () => {
  it('takes an alert, however often it is sent, and closes it again', async () => {
    for (const _ of [1, 2]) await pagerDuty.pager.trigger(anAlert);
    const [incident, ...others] = await people().incidents();
    expect(others).toEqual([]);
    expect(await incidents().find('inc_1:checkout')).toMatchObject({ id: incident?.id, status: 'ringing' });
    await pagerDuty.pager.acknowledgeAlert(anAlert);
    await pagerDuty.pager.resolveAlert(anAlert);
    await pagerDuty.pager.resolveAlert(anAlert);
    expect(await incidents().find('inc_1:checkout')).toMatchObject({ id: incident?.id, status: 'resolved' });
  });

  it('pages a person once, and shows what came of it', async () => {
    const paged = await incidents().page({ ...aPage, as: (await onCall().person('PUSRANA'))?.email });
    expect(await incidents().page(aPage)).toMatchObject({ id: paged.id });
    expect(await people().incidents()).toHaveLength(1);
    expect(paged).toMatchObject({ status: 'ringing', key: 'inc_1:ben', assigned: [{ id: 'PUSRBEN' }] });

    await people().as('ben').acknowledge(paged.id);
    expect(await incidents().get(paged.id)).toMatchObject({
      status: 'acknowledged',
      acknowledged: [{ person: { id: 'PUSRBEN' } }],
    });
    await incidents().resolve(paged.id, {});
    expect(await incidents().resolve(paged.id, {})).toMatchObject({ status: 'resolved' });
    expect(await incidents().acknowledge(paged.id, {})).toMatchObject({ status: 'resolved' });
    expect(await incidents().reopen(paged.id, {})).toMatchObject({ status: 'ringing' });
  });

  it('goes from level to level to the last one', async () => {
    const { id } = await incidents().page({ ...aPage, whom: { escalationPolicy: 'PEPCHK' } });
    const levels: number[] = [];
    for (let level = await incidents().nextLevel(id); level; level = await incidents().nextLevel(id)) {
      levels.push(level);
      for (const _ of [1, 2]) await incidents().escalate(id, { level });
    }
    expect(levels).toEqual([2, 3]);
    expect(await incidents().get(id)).toMatchObject({ assigned: [{ id: 'PUSRANA' }] });
  });

  it('ranks, notes and tells', async () => {
    const { id } = await incidents().page({ ...aPage, whom: { escalationPolicy: 'PEPCHK' } });
    const [gravest] = await onCall().priorities();
    expect(await incidents().setPriority(id, { priority: gravest?.id ?? '' })).toMatchObject({ priority: gravest });
    for (const _ of [1, 2]) await incidents().note(id, { text: 'The provider confirms' });
    const before = await now();
    expect(await incidents().hasStatusUpdate(id, 'A fix is on its way', before)).toBe(false);
    await incidents().statusUpdate(id, { text: 'A fix is on its way' });
    expect(await incidents().hasStatusUpdate(id, 'A fix is on its way', before)).toBe(true);
    const incident = await people().incident(id);
    expect(incident).toMatchObject({
      notes: [{}],
      statusUpdates: [{}],
    });
  });

  it('asks people to help, tells what they answer, and takes it back', async () => {
    const { id } = await incidents().page({ ...aPage, whom: { escalationPolicy: 'PEPCHK' } });
    const of = (person: string) => ({ whom: { person }, message: 'Can you look?', as: 'ana@sandbox.example' });
    const asked = await incidents().askForHelp(id, of('PUSRDEV'));
    expect(asked).toMatchObject({ people: [{ id: 'PUSRDEV' }] });
    await incidents().askForHelp(id, { ...of(''), whom: { escalationPolicy: 'PEPSRC' } });
    await people().as('dev').decline(id);
    expect(await incidents().helpers(id)).toMatchObject([
      { named: 'PUSRDEV', answer: 'declined', askedAt: asked.at },
      { named: 'PEPSRC', answer: 'asked' },
    ]);
    for (const _ of [1, 2]) await incidents().cancelHelp(id, { whom: { escalationPolicy: 'PEPSRC' } });
    expect(await people().incident(id)).toMatchObject({
      responders: [{ state: 'declined' }, { state: 'user_cancelled' }],
    });
    expect(await incidents().helpers('QNOSUCHONE')).toEqual([]);
    const unknown = incidents().askForHelp(id, { ...of('PUSRDEV'), as: 'nobody@example.com' });
    await expect(unknown).rejects.toMatchObject({ name: 'Impossible', code: 'unknown_person' });
  });

  it('merges what alerts opened, once', async () => {
    for (const dedupKey of ['inc_1:a', 'inc_1:b']) await pagerDuty.pager.trigger({ ...anAlert, dedupKey });
    const [into, other] = (await people().incidents()).map(({ id }) => id);
    for (const _ of [1, 2]) await incidents().merge(into ?? '', [other ?? ''], {});
    expect(await incidents().get(other ?? '')).toMatchObject({ status: 'resolved', mergedInto: into });
    const page = await incidents().page(aPage);
    await expect(incidents().merge(into ?? '', [page.id], {})).rejects.toMatchObject({ name: 'Impossible' });
  });

  it('knows who is on call', async () => {
    const of = async (what: Parameters<OnCall['duty']>[0]) => onCall().duty(what, await now());
    const checkout = await of({ service: 'PSVCCHK' });
    expect(checkout.map(({ level }) => level)).toEqual([1, 2, 3]);
    expect(checkout[0]).toMatchObject({ now: [{ schedule: { id: 'PSCCHK' } }], next: [{}] });
    expect(await of({ escalationPolicy: 'PEPCHK' })).toEqual(checkout);
    expect(await of({ schedule: 'PSCINC' })).toMatchObject([{ level: 1, now: [{ person: {} }] }]);
    expect(await of({ schedule: 'PSCEMP' })).toEqual([]);
    expect(await of({ service: 'PSVCEMP' })).toEqual([]);
    await people().deleteService('PSVCEMP');
    await expect(of({ service: 'PSVCEMP' })).rejects.toMatchObject({ name: 'Gone' });
  });

  it('lists what there is to choose from', async () => {
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    expect(ids(await onCall().services())).toEqual(expect.arrayContaining(['PSVCCHK', 'PSVCSRC', 'PSVCEMP']));
    expect(ids(await onCall().escalationPolicies())).toEqual(expect.arrayContaining(['PEPCHK', 'PEPINC']));
    expect(ids(await onCall().schedules())).toEqual(expect.arrayContaining(['PSCCHK', 'PSCINC']));
    const ben = await onCall().person('PUSRBEN');
    expect(await onCall().personByEmail(ben?.email ?? '')).toEqual(ben);
    expect(await onCall().personByEmail('nobody@example.com')).toBeUndefined();
  });

  it('says that its token was revoked', async () => {
    await people().revokeToken();
    await expect(incidents().page(aPage)).rejects.toMatchObject({ name: 'RefusedToken' });
  });

  it('sends webhooks whose signature is right and that can be read', async () => {
    await using hook = await receiver();
    const secrets = ['new-secret', 'old-secret'];
    await people().sendWebhooksTo(hook.url, { secrets });
    const { id } = await incidents().page({ ...aPage, whom: { escalationPolicy: 'PEPCHK' } });
    const ben = people().as('ben');
    await ben.acknowledge(id);
    await ben.escalate(id);
    await ben.reassign(id, 'chloe');
    await ben.delegate(id, 'PEPSRC');
    await ben.prioritize(id, 'P1');
    await ben.annotate(id, 'The provider confirms');
    await ben.publishUpdate(id, 'A fix is on its way');
    await ben.resolve(id);
    await ben.reopen(id);
    for (const dedupKey of ['inc_1:a', 'inc_1:b']) await pagerDuty.pager.trigger({ ...anAlert, dedupKey });
    const [into, other] = (await people().incidents()).map((one) => one.id).slice(-2);
    await ben.merge(other ?? '', into ?? '');
    await people().ping();
    const received = await hook.have(14);

    const at = await now();
    for (const { headers, text } of received)
      for (const one of secrets)
        expect(signatureProblem([secret(one)], Buffer.from(text), headers['x-pagerduty-signature'])).toBeUndefined();
    const read = received.map(({ text }) => readDelivery(text, at));
    const kinds = read.map((delivery) => (delivery.is === 'event' ? delivery.event.kind : delivery.is));
    for (const kind of [
      'triggered',
      'acknowledged',
      'escalated',
      'reassigned',
      'delegated',
      'priority-changed',
      'annotated',
      'status-update',
      'resolved',
      'reopened',
      'merged',
      'ping',
    ])
      expect(kinds).toContain(kind);
    expect(kinds).not.toContain('unreadable');
    const acknowledged = read.find((delivery) => delivery.is === 'event' && delivery.event.kind === 'acknowledged');
    expect(acknowledged).toMatchObject({ event: { by: { id: 'PUSRBEN' }, incident: { id, key: 'inc_1:ben' } } });
  });
});
