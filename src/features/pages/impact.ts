import { impactDuration } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { duration } from '../../slack/blocks.ts';
import { type Html, html } from '../../web/html.ts';
import { time } from '../../web/layout.ts';

/** What is known of the customers' clock; what is not known is said. */
export function impact(incident: Incident): Html | string {
  const over = isOver(incident);
  const { impact: known } = incident;
  if (known.felt === 'no') return over ? 'did not feel it' : 'do not feel it yet';
  if (known.felt === 'unknown') return over ? 'may have felt it; nobody knows' : 'may feel it; not known yet';
  const { started, ended, share } = known;
  const who = share === undefined ? '' : ` (${share} % of them)`;
  const since = started ? html`since ${time(started)}` : 'since when is not known';
  if (!ended && !over) return html`feel it ${since}${who}`;
  const until = ended ? html` until ${time(ended)}` : '; until when is not known';
  const from = started ? html`${ended ? 'from' : 'since'} ${time(started)}` : 'since when is not known;';
  const length = started && ended ? ` (${duration(impactDuration(known, ended) ?? 0)})` : '';
  return html`felt it ${from}${until}${length}${who}`;
}
