import { type Severity, severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import { nearest } from '../../slack/nearest.ts';

/** What a list shows: open ones unless `all`; of each kind only what is named. */
export interface Filter {
  all: boolean;
  mine: boolean;
  practice: boolean;
  severity?: Severity;
  /** By its key in the policy. */
  service?: string;
}

export const everything: Filter = { all: false, mine: false, practice: false };

/** A word that is no filter, and the one that may have been meant. */
export interface Unknown {
  unknown: string;
  near: string | undefined;
}

const switches = ['all', 'mine', 'practice'] as const;

/** `mine`, `all sev1`, `checkout`: the words after `list`, in any order. */
export function readFilter(text: string, policy: Policy): Filter | Unknown {
  const filter = { ...everything };
  // A service's name may have several words.
  const whole = serviceOf(text.trim(), policy);
  if (whole) return { ...filter, service: whole };
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const severity = severities.find((one) => one === word.replace(/^(sev[- ]?)?/, 'sev'));
    const service = serviceOf(word, policy);
    const flag = switches.find((one) => one === word);
    if (flag) filter[flag] = true;
    else if (severity) filter.severity = severity;
    else if (service) filter.service = service;
    else if (word !== 'open') return { unknown: word, near: nearest(word, known(policy)) };
  }
  return filter;
}

function serviceOf(word: string, { services }: Policy): string | undefined {
  const meant = word.toLowerCase();
  return Object.keys(services).find((key) => key === meant || services[key]?.name.toLowerCase() === meant);
}

const known = (policy: Policy): string[] => [...switches, 'open', ...severities, ...Object.keys(policy.services)];

/** The words that give this filter. */
export const wordsOf = ({ all, mine, practice, severity, service }: Filter): string =>
  [all && 'all', mine && 'mine', practice && 'practice', severity, service].filter(Boolean).join(' ');
