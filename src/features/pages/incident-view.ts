import type { FollowUp, Incident, Task } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { visible } from '../../slack/blocks.ts';
import { serviceNames } from '../../slack/incident-words.ts';
import { type Html, html, nothing, webAddress } from '../../web/html.ts';
import { page, time } from '../../web/layout.ts';
import type { Visitor } from '../../web/pages.ts';
import { formatNames, formats } from '../export/files.ts';
import { roleName } from '../roles/words.ts';
import type { Line } from '../timeline/read.ts';
import { impact } from './impact.ts';
import { tags } from './list-view.ts';
import { type Called, called } from './people.ts';

export interface IncidentPage {
  incident: Incident;
  timeline: Line[];
  /** How many messages the record has. */
  said: number;
  names: Called;
  policy: Policy;
  /** Of the channel, in Slack. */
  channelUrl: string | undefined;
  /** Of a message in Slack. */
  link: (place: { channel: string; ts: string }) => string;
  mayExport: boolean;
  visitor: Visitor;
}

export function incidentPage(given: IncidentPage): Html {
  const { incident, visitor } = given;
  const head = `#${incident.number} ${visible(incident.title)}`;
  return page({
    title: head,
    visitor,
    body: html`<h1 dir="auto">${head}</h1>
<p class="facts">${tags(incident, given.policy)}</p>
${places(given)}
${state(given)}
${incident.summary ? html`<h2>Summary</h2><p class="said" dir="auto">${visible(incident.summary)}</p>` : nothing}
${latest(given)}
${timeline(given)}
${followUps(given)}
${tasks(given)}
${people(given)}`,
  });
}

/** Where the rest is. */
function places({ incident, said, channelUrl, mayExport }: IncidentPage): Html {
  const at = `/incidents/${incident.number}`;
  return html`<nav class="actions" aria-label="This incident">
<a class="button" href="${at}/record">Everything that was said (${said.toLocaleString('en')})</a>
${incident.postmortem ? html`<a class="button" href="${at}/postmortem">Postmortem</a>` : nothing}
${channelUrl ? html`<a class="button" href="${channelUrl}">Open in Slack</a>` : nothing}
</nav>
${mayExport ? html`<p class="dim">Export: ${exports(at)}</p>` : nothing}`;
}

const exports = (at: string): Html[] =>
  formats.map((format) => html`<a href="${at}/export/${format}" download>${formatNames[format]}</a> `);

function state({ incident, policy, names }: IncidentPage): Html {
  const fact = (label: string, value: Html | string | undefined) =>
    value ? html`<dt>${label}</dt><dd>${value}</dd>` : nothing;
  const services = serviceNames(incident, policy).join(', ');
  const worst = incident.highestSeverity !== incident.severity && policy.severities[incident.highestSeverity].name;
  return html`<dl class="state">
${fact('Customers', impact(incident))}
${fact('Services', visible(services))}
${fact('Worst severity', worst || undefined)}
${fact('Declared', html`${time(incident.declaredAt)} by ${called(names, incident.declaredBy)}`)}
${fact('First seen', incident.detectedAt && time(incident.detectedAt))}
${fact('Next update', incident.nextUpdateDue && !isOver(incident) ? time(incident.nextUpdateDue) : undefined)}
${fact('Resolved', incident.resolvedAt && html`${time(incident.resolvedAt)} by ${called(names, incident.resolvedBy)}`)}
${fact('Merged into', incident.mergedInto && html`<a href="/incidents/${incident.mergedInto.number}">#${incident.mergedInto.number}</a>`)}
${fact('Postmortem', incident.postmortem && postmortemWords(incident, names))}
${fact('Links', links(incident))}
</dl>`;
}

const states = { draft: 'Draft', 'in-review': 'In review', published: 'Published' } as const;

function postmortemWords({ postmortem, postmortemOwner: owner }: Incident, names: Called): string | undefined {
  return postmortem && `${states[postmortem.status]}, owned by ${called(names, owner)}`;
}

function links({ links: all }: Incident): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<ul class="plain">${all.map(({ title, url }) => {
    const href = webAddress(url);
    return html`<li dir="auto">${href ? html`<a href="${href}" rel="noopener noreferrer">${visible(title)}</a>` : visible(title)}</li>`;
  })}</ul>`;
}

function latest({ incident: { latestUpdate: update }, names }: IncidentPage): Html | string {
  if (!update) return nothing;
  return html`<h2>Latest update</h2>
<p class="dim">${time(update.at)} by ${called(names, update.by)}</p>
<p class="said" dir="auto">${visible(update.text)}</p>`;
}

function timeline({ timeline: all, names, link }: IncidentPage): Html {
  const shown = all.filter(({ hidden }) => !hidden);
  return html`<h2 id="timeline">Timeline</h2>
${shown.length === 0 ? html`<p>Nothing stands in it yet.</p>` : nothing}
<ol class="timeline">${shown.map(
    ({ at, text, author, by, source, files, erased }) => html`<li>
<div class="dim">${time(at)} ${called(names, author ?? by)}${source && !erased ? html` · <a href="${link(source)}">in Slack</a>` : nothing}</div>
<p class="said" dir="auto">${visible(text)}</p>
${files.length > 0 ? html`<p class="dim">${files.map(({ name }) => visible(name)).join(', ')}</p>` : nothing}
</li>`,
  )}</ol>`;
}

const owned = (names: Called, owner: string | undefined) => called(names, owner);

function followUps({ incident: { followUps: all }, names }: IncidentPage): Html | string {
  if (all.length === 0) return nothing;
  const line = ({ number, text, owner, due, kind, done, ticket }: FollowUp) => {
    const href = ticket && webAddress(ticket.url);
    return html`<li><p class="said" dir="auto">${number}. ${visible(text)}</p>
<div class="facts dim"><span class="tag">${done ? 'Done' : 'Open'}</span><span>${kind}</span><span>${owned(names, owner)}</span>
<span>due ${time(due)}</span>${href ? html`<a href="${href}" rel="noopener noreferrer">${ticket.key}</a>` : nothing}</div></li>`;
  };
  return html`<h2 id="follow-ups">Follow-ups</h2><ol class="timeline">${all.map(line)}</ol>`;
}

function tasks({ incident: { tasks: all }, names }: IncidentPage): Html | string {
  if (all.length === 0) return nothing;
  const line = ({
    number,
    text,
    owner,
    done,
  }: Task) => html`<li><p class="said" dir="auto">${number}. ${visible(text)}</p>
<div class="facts dim"><span class="tag">${done ? 'Done' : 'Open'}</span><span>${owned(names, owner)}</span></div></li>`;
  return html`<h2>Tasks</h2><ol class="timeline">${all.map(line)}</ol>`;
}

/** A channel may have hundreds. */
const mostNamed = 40;

function people({ incident, policy, names }: IncidentPage): Html {
  const held = Object.entries(incident.roles);
  const others = incident.members.filter((id) => !held.some(([, { person }]) => person === id));
  const named = others.slice(0, mostNamed).map((id) => called(names, id));
  const more = others.length - named.length;
  return html`<h2>People</h2>
<dl class="state">${held.map(
    ([role, { person, since }]) =>
      html`<dt>${visible(roleName(role, policy))}</dt><dd>${called(names, person)} <span class="dim">since ${time(since)}</span></dd>`,
  )}
<dt>In the channel</dt><dd>${named.join(', ') || 'nobody else'}${more > 0 ? ` and ${more} more` : ''}</dd></dl>`;
}
