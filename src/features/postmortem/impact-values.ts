import type { Interval } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { impactTotal, stretchesOf } from '../../incident/milestones.ts';
import type { Policy } from '../../policy.ts';
import { duration } from '../../slack/blocks.ts';
import type { Values } from './fields.ts';
import { moment } from './when.ts';

/** What customers felt, as far as anybody knows. */
export function impactValues(incident: Incident, policy: Policy, now: Date): Values {
  const stretches = stretchesOf(incident);
  const { time, weighted, share } = impactTotal(incident, now);
  const [first] = stretches;
  const last = stretches.at(-1);
  const journeys = journeyNames([...new Set(stretches.flatMap((stretch) => stretch.journeys ?? []))], policy);
  const nobody = stretches.length === 0 && incident.impact.felt === 'no' ? 'none: no customer felt it' : undefined;
  return {
    customers: sentence(incident, stretches, time),
    felt: stretches.length > 0 ? 'yes' : undefined,
    impactStarted: first?.started && moment(first.started),
    impactEnded: last?.ended && moment(last.ended),
    impactDuration: time === undefined ? nobody : length(incident, time),
    impactShare: share === undefined ? nobody : percent(share),
    impactWeighted: weighted === undefined ? nobody : length(incident, weighted),
    journeys,
    // Of a single one the figures above say all.
    stretches: stretches.length > 1 ? stretches.map((stretch) => stretchValues(stretch, policy)) : [],
  };
}

const length = (incident: Incident, ms: number) => `${duration(ms)}${isOver(incident) ? '' : ' so far'}`;

/** At most one place after the point: nobody has counted better. */
const percent = (share: number) => `${Math.round(share * 10) / 10} %`;

function stretchValues({ started, ended, share, journeys = [] }: Interval, policy: Policy) {
  return {
    started: started && moment(started),
    ended: ended && moment(ended),
    duration: started && ended && duration(ended.getTime() - started.getTime()),
    share: share === undefined ? undefined : percent(share),
    journeys: journeyNames(journeys, policy),
  };
}

const journeyNames = (keys: string[], { journeys }: Policy): string | undefined =>
  keys.length === 0
    ? undefined
    : keys.map((key) => (Object.hasOwn(journeys, key) && journeys[key]?.name) || key).join(', ');

/** Completes "Customers …". */
function sentence(incident: Incident, stretches: Interval[], time: number | undefined): string {
  if (stretches.length === 0)
    return incident.impact.felt === 'no' ? 'did not feel it' : 'may have felt it; nobody knows';
  if (stretches.length > 1)
    return `felt it ${stretches.length} times${time === undefined ? '; for how long altogether is not known' : `, for ${length(incident, time)} altogether`}`;
  const [{ started, ended } = {}] = stretches;
  if (!ended && !isOver(incident))
    return started ? `feel it since ${moment(started)}` : 'feel it; since when is not known';
  const from = started ? ` from ${moment(started)}` : '';
  const until = ended ? ` until ${moment(ended)}` : '';
  if (!started && !ended) return 'felt it; from when to when is not known';
  const missing = started ? (ended ? '' : '; until when is not known') : '; since when is not known';
  return `felt it${from}${until}${missing}`;
}
