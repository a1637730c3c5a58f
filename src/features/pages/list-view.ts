import type { Incident } from '../../incident/incident.ts';
import { statuses } from '../../incident/lifecycle.ts';
import { severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import { visible } from '../../slack/blocks.ts';
import { severityName, statusName } from '../../slack/incident-words.ts';
import { type Html, html, nothing } from '../../web/html.ts';
import { page, time } from '../../web/layout.ts';
import type { Visitor } from '../../web/pages.ts';
import { impact } from './impact.ts';
import type { Asked, Listed } from './listed.ts';

export function listPage(listed: Listed, asked: Asked, policy: Policy, visitor: Visitor): Html {
  const { incidents, older } = listed;
  return page({
    title: 'Incidents',
    visitor,
    body: html`<h1>Incidents</h1>
${filters(asked, policy)}
${incidents.length === 0 ? html`<p>${emptyWords(asked)}</p>` : html`<ul class="incidents">${incidents.map((one) => line(one, policy))}</ul>`}
${older ? html`<p><a class="button" href="${addressOf({ ...asked, before: older })}">Older ones</a></p>` : nothing}`,
  });
}

const emptyWords = ({ status, words, before }: Asked): string => {
  if (before) return 'There are no older ones.';
  if (words) return 'Nothing that you can see says that. Fewer words, or All under Status, find more.';
  return status === 'open' ? 'Nothing is going on.' : 'There is none of that kind.';
};

const kinds = [
  ['open', 'Open'],
  ['all', 'All'],
  ...statuses.map((status) => [status, statusName(status)] as const),
  ['practice', 'Practice runs'],
] as const;

const filters = (
  asked: Asked,
  policy: Policy,
): Html => html`<form class="filters" method="get" action="/incidents" role="search">
${choice('status', 'Status', kinds, asked.status)}
${choice('severity', 'Severity', [['', 'Any'], ...severities.map((key) => [key, policy.severities[key].name] as const)], asked.severity)}
${choice('service', 'Service', [['', 'Any'], ...Object.entries(policy.services).map(([key, { name }]) => [key, name] as const)], asked.service)}
${choice(
  'mine',
  'Whose',
  [
    ['', 'Everybody’s'],
    ['yes', 'Mine'],
  ],
  asked.mine,
)}
<label class="words">Words <input type="search" name="words" value="${asked.words}" maxlength="200" placeholder="What was said, or a number"></label>
<button>Show</button>
</form>`;

const choice = (
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string | undefined,
): Html =>
  html`<label>${label} <select name="${name}">${options.map(
    ([value, text]) =>
      html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : nothing}>${text}</option>`,
  )}</select></label>`;

const line = (incident: Incident, policy: Policy): Html => html`<li>
<a href="/incidents/${incident.number}" dir="auto">#${incident.number} ${visible(incident.title)}</a>
<div class="facts dim">${tags(incident, policy)}<span>declared ${time(incident.declaredAt)}</span><span>customers ${impact(incident)}</span></div>
</li>`;

/** How it stands, in a few words that do not need a colour to be told apart. */
export const tags = (
  incident: Incident,
  policy: Policy,
): Html => html`<span class="tag${incident.severity === 'sev1' ? ' hot' : ''}">${severityName(incident, policy)}</span>
<span class="tag">${statusName(incident.status)}</span>
${incident.isPrivate ? html`<span class="tag">Private</span>` : nothing}
${incident.isPractice ? html`<span class="tag">Practice</span>` : nothing}`;

function addressOf({ before, ...asked }: Asked): string {
  const query = Object.entries({ ...asked, before: before ? String(before) : '' }).filter(([, value]) => value);
  return `/incidents?${new URLSearchParams(Object.fromEntries(query.map(([name, value]) => [name, String(value)])))}`;
}
