import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signatureProblem } from '../../src/integrations/pagerduty/signature.ts';
import { readDelivery } from '../../src/integrations/pagerduty/webhook.ts';
import { secret } from '../../src/secret.ts';
import { anEvent, ben, chloe, eventIncident, partOf, policyReference } from '../support/pagerduty-bodies.ts';

const raw = Buffer.from('{"event":{"id":"1","note":"Müller ☎"}}');
const signed = (by: string, bytes: Buffer = raw) => `v1=${createHmac('sha256', by).update(bytes).digest('hex')}`;
const ours = [secret('new-secret'), secret('old-secret')];

describe('the signature of a webhook', () => {
  it.each([
    ['the one secret', [secret('new-secret')], signed('new-secret')],
    ['the secret that is on its way out', ours, signed('old-secret')],
    ['one of several by which PagerDuty signs', [secret('new-secret')], `${signed('other')},${signed('new-secret')}`],
    ['several with spaces between', [secret('new-secret')], `${signed('other')}, ${signed('new-secret')}`],
    ['one beside those of a later version', ours, `v2=abc,${signed('new-secret')}`],
  ])('is right by %s', (_, secrets, header) => expect(signatureProblem(secrets, raw, header)).toBeUndefined());

  it.each([
    ['none', undefined, 'missing'],
    ['an empty one', '', 'missing'],
    ['only one of another version', signed('new-secret').replace('v1', 'v2'), 'missing'],
    ['one without a version', signed('new-secret').slice(3), 'missing'],
    ['one by another secret', signed('stranger'), 'wrong'],
    ['one by an empty secret', signed(''), 'wrong'],
    ['half of the right one', signed('new-secret').slice(0, 35), 'wrong'],
    ['the right one and more', `${signed('new-secret')}00`, 'wrong'],
    ['the right one with a tail', `${signed('new-secret')}zz`, 'wrong'],
    ['no hexadecimal', 'v1=zz', 'wrong'],
    ['that of other bytes', signed('new-secret', Buffer.from(`${raw} `)), 'wrong'],
  ])('is refused: %s', (_, header, problem) => expect(signatureProblem(ours, raw, header)).toBe(problem));

  it('is refused where there is no secret to check it by', () => {
    expect(signatureProblem([], raw, signed(''))).toBe('wrong');
  });
});

const soon = new Date('2026-03-02T09:03:30Z');
const read = (body: unknown, now = soon) => readDelivery(JSON.stringify(body), now);

describe('a webhook', () => {
  it.each([
    ['incident.triggered', 'triggered'],
    ['incident.acknowledged', 'acknowledged'],
    ['incident.unacknowledged', 'unacknowledged'],
    ['incident.escalated', 'escalated'],
    ['incident.reassigned', 'reassigned'],
    ['incident.delegated', 'delegated'],
    ['incident.priority_updated', 'priority-changed'],
    ['incident.reopened', 'reopened'],
    ['incident.resolved', 'resolved'],
  ])('%s says how an incident stands', (type, kind) => {
    expect(read(anEvent(type, eventIncident({ status: 'acknowledged' })))).toEqual({
      is: 'event',
      event: {
        id: '5ac64822-4adc-4fda-ade0-410becf0de4f',
        kind,
        at: new Date('2026-03-02T09:03:22.169Z'),
        by: { id: 'PUSRBEN', name: 'Ben Okafor' },
        incident: {
          id: 'PT4KHLK',
          url: 'https://example.pagerduty.com/incidents/PT4KHLK',
          number: 1234,
          title: 'Checkout is failing',
          status: 'acknowledged',
          key: 'inc_1:checkout',
          urgency: 'high',
          priority: { id: 'PSO75BM', name: 'P1' },
          service: { id: 'PSVCCHK', name: 'Checkout' },
          escalationPolicy: { id: 'PEPCHK', name: 'Checkout' },
          assigned: [{ id: 'PUSRBEN', name: 'Ben Okafor' }],
          createdAt: new Date('2026-03-02T09:00:00Z'),
        },
      },
    });
  });

  it('knows one that was resolved by being merged', () => {
    const reason = { type: 'merge_resolve_reason', incident: { id: 'PTARGET', type: 'incident_reference' } };
    const data = eventIncident({ status: 'resolved', resolve_reason: reason });
    expect(read(anEvent('incident.resolved', data))).toMatchObject({
      event: { kind: 'merged', mergedInto: 'PTARGET', incident: { id: 'PT4KHLK', status: 'resolved' } },
    });
  });

  it('names nobody when a rule or a service did it', () => {
    for (const agent of [null, { id: 'PSVCCHK', type: 'service_reference', summary: 'Checkout' }])
      expect(read(anEvent('incident.escalated', eventIncident(), { agent }))).toMatchObject({
        event: { by: undefined },
      });
  });

  it.each([
    [
      'incident.annotated',
      { content: 'Rolling back', type: 'incident_note' },
      { kind: 'annotated', text: 'Rolling back' },
    ],
    [
      'incident.status_update_published',
      { message: 'A fix is on its way', type: 'incident_status_update' },
      { kind: 'status-update', text: 'A fix is on its way' },
    ],
    [
      'incident.responder.added',
      { user: chloe, escalation_policy: policyReference, state: 'pending', message: 'Please help' },
      { kind: 'responder-added', responder: { person: { id: 'PUSRCHL' }, answer: 'asked' } },
    ],
    [
      'incident.responder.replied',
      { user: chloe, escalation_policy: null, state: 'joined' },
      { kind: 'responder-replied', responder: { person: { id: 'PUSRCHL' }, answer: 'accepted' } },
    ],
    [
      'incident.responder.replied',
      { user: chloe, state: 'declined' },
      { kind: 'responder-replied', responder: { escalationPolicy: undefined, answer: 'declined' } },
    ],
  ])('%s is about something that belongs to an incident', (type, data, expected) => {
    const incident = { id: 'PT4KHLK', title: 'Checkout is failing', assigned: [] };
    expect(read(anEvent(type, { incident: partOf, ...data }))).toMatchObject({ event: { ...expected, incident } });
  });

  it('may be a test that an operator sent', () => {
    const data = { message: 'Hello from your friend Pagey!', type: 'ping' };
    expect(read(anEvent('pagey.ping', data, { resource_type: 'pagey', agent: null, client: null }))).toEqual({
      is: 'ping',
    });
  });

  it.each(['service.updated', 'incident.workflow.started', 'incident.of_next_year', 'constructor'])(
    'is taken and counted, and no more, when it is a %s',
    (type) => expect(read(anEvent(type, { id: 'X' }))).toEqual({ is: 'other', type }),
  );

  it('says nothing about how things stand a day later', () => {
    const event = anEvent('incident.resolved', eventIncident());
    const dayLater = (ms: number) => new Date(Date.parse('2026-03-03T09:03:22.169Z') + ms);
    expect(read(event, dayLater(0))).toMatchObject({ is: 'event' });
    expect(read(event, dayLater(1))).toMatchObject({ is: 'old', id: '5ac64822-4adc-4fda-ade0-410becf0de4f' });
  });

  it('brings a note however late', () => {
    const event = anEvent('incident.annotated', { incident: partOf, content: 'It was DNS' });
    expect(read(event, new Date('2026-03-05T09:00:00Z'))).toMatchObject({ is: 'event', event: { text: 'It was DNS' } });
  });

  it('is the same again when it is sent again', () => {
    const event = anEvent('incident.acknowledged', eventIncident());
    expect(read(event, new Date('2026-03-02T20:00:00Z'))).toEqual(read(event));
  });

  it('may have fields and values that are not known yet', () => {
    const data = { ...eventIncident({ status: 'snoozed', urgency: 'severe', service: null }), mood: 'calm' };
    expect(read(anEvent('incident.triggered', data, { shape: 4 }))).toMatchObject({
      event: { kind: 'triggered', incident: { id: 'PT4KHLK', status: undefined, urgency: undefined } },
    });
  });

  it.each([
    ['no JSON', '{"event":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no event', '{}'],
    ['an event without an id', JSON.stringify(anEvent('incident.resolved', eventIncident(), { id: '' }))],
    ['an event of no time', JSON.stringify(anEvent('incident.resolved', eventIncident(), { occurred_at: 'now' }))],
    ['an event about nothing', JSON.stringify(anEvent('incident.resolved', { id: 7 }))],
  ])('cannot be read: %s', (_, text) => {
    const delivery = readDelivery(text, soon);
    expect(delivery).toMatchObject({ is: 'unreadable' });
    expect(JSON.stringify(delivery)).not.toContain(ben.id);
  });
});
