import { readFileSync } from 'node:fs';
import { type FollowUp, type Incident, undeclared } from '../../src/incident/incident.ts';
import type { Kind, Person } from '../../src/may.ts';
import { type Policy, PolicyFile, versionOf } from '../../src/policy.ts';

/** A moment of the day on which every test plays: `at('09:15')`, `at('09:15:30')`. */
export const at = (time: string): Date => new Date(`2026-03-02T${time.length === 5 ? `${time}:00` : time}.000Z`);

/** Incident 7, declared by Ana at nine, in its channel. Name what matters to the test. */
export function anIncident(fields: Partial<Incident> = {}): Incident {
  return {
    ...undeclared('inc_7', 7),
    version: 1,
    policyVersion: 'v1',
    title: 'Checkout is failing',
    status: 'investigating',
    highestSeverity: fields.severity ?? 'sev2',
    declaredBy: 'U0ANA',
    declaredAt: at('09:00'),
    channelName: 'inc-7-checkout-is-failing',
    firstChannelName: 'inc-7-checkout-is-failing',
    channel: { id: 'C7', name: 'inc-7-checkout-is-failing' },
    ...fields,
  };
}

export function thePolicy(fields: Partial<Policy> = {}): Policy {
  const { version = versionOf(small), ...rest } = fields;
  return { ...small, postmortemTemplate, ...rest, version };
}

const templateFile = 'config/postmortem.md';
const postmortemTemplate = { file: templateFile, text: readFileSync(templateFile, 'utf8') };

export const aPerson = (id: string, kind: Kind = 'member'): Person => ({ id, kind, zone: 0 });

const small = PolicyFile.parse({
  severities: {
    sev1: { name: 'SEV1', meaning: 'Down' },
    sev2: { name: 'SEV2', meaning: 'Many are hurt' },
    sev3: { name: 'SEV3', meaning: 'Some are hurt' },
    sev4: { name: 'SEV4', meaning: 'Minor' },
  },
  cadence: { sev1: {}, sev2: {}, sev3: {}, sev4: {} },
  roles: {},
  services: { api: { name: 'API' }, checkout: { name: 'Checkout' } },
});

/** One that nobody owns yet. */
export const aFollowUp = (given: Partial<FollowUp> & Pick<FollowUp, 'number' | 'text'>): FollowUp => ({
  kind: 'process',
  priority: 'medium',
  due: at('12:00'),
  proof: '',
  at: at('10:00'),
  by: 'U0ANA',
  ...given,
});
