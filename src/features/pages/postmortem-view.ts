import type { Incident } from '../../incident/incident.ts';
import { visible } from '../../slack/blocks.ts';
import type { Revision } from '../../store/postmortem-texts.ts';
import { type Html, html, nothing, trusted } from '../../web/html.ts';
import { page, time, tokenField } from '../../web/layout.ts';
import type { Visitor } from '../../web/pages.ts';
import { renderMarkdown } from '../export/render.ts';
import type { Document, Section } from '../postmortem/document.ts';
import type { Pointed } from '../postmortem/pointed.ts';
import type { Draft } from '../postmortem/sections.ts';
import type { Weak } from '../postmortem/weak-follow-ups.ts';
import { type Called, called } from './people.ts';

const states = { draft: 'Draft', 'in-review': 'In review', published: 'Published' } as const;

const at = ({ number }: Incident) => `/incidents/${number}/postmortem`;

/** Markdown of people's, as part of a page. Images are shown by their address here, which asks again who may see them. */
export const rendered = (markdown: string): Html => trusted(renderMarkdown(markdown, (id) => `/images/${id}`));

/** What somebody writes, as it reads, with what is pointed at. */
export interface Preview {
  /** Filled in. */
  markdown: string;
  pointed: Pointed[];
  weak: Weak[];
}

/** Beneath the preview what may read as blame, and which follow-ups may never be done; it keeps nobody from saving. */
export const previewed = ({ markdown, pointed, weak }: Preview): Html =>
  html`${rendered(markdown)}${hinted(
    'May read as blame',
    pointed.map(({ words, why, rewrite }) => html`“${visible(words)}”: ${why} ${rewrite}`),
  )}${hinted(
    'Likelier to be done with a little more',
    weak.map(
      ({ words, hints }) =>
        html`“${visible(words)}”<ul>${hints.map(({ why, rewrite }) => html`<li dir="auto">${why} ${rewrite}</li>`)}</ul>`,
    ),
  )}`;

const hinted = (title: string, hints: Html[]): Html | string =>
  hints.length === 0
    ? nothing
    : html`<aside class="pointed"><h3>${title}</h3><ul>${hints.map((hint) => html`<li dir="auto">${hint}</li>`)}</ul></aside>`;

export interface PostmortemPage {
  document: Document;
  /** Whether this person may write it. */
  mayWrite: boolean;
  visitor: Visitor;
  /** Why something could not be done just now. */
  problem?: string | undefined;
}

export function postmortemPage({ document, mayWrite, visitor, problem }: PostmortemPage): Html {
  const { incident, sections, status, owner, names } = document;
  const title = `Postmortem of #${incident.number} ${visible(incident.title)}`;
  const isOpen = mayWrite && status !== 'published';
  return page({
    title,
    visitor,
    body: html`<h1 dir="auto">${title}</h1>
${problem ? html`<p class="note" role="alert">${problem}</p>` : nothing}
<p class="facts"><span class="tag">${states[status]}</span><span class="dim">owned by ${called(names, owner)}</span>
<a href="/incidents/${incident.number}">The incident</a></p>
${mayWrite ? steps(document, visitor) : nothing}
${sections.map((section) => sectionHtml(section, incident, isOpen))}`,
  });
}

const sectionHtml = (
  { key, title, markdown }: Section,
  incident: Incident,
  isOpen: boolean,
): Html => html`<section aria-labelledby="s-${key}">
<div class="headed"><h2 id="s-${key}" dir="auto">${title}</h2>
${isOpen ? html`<a class="button" href="${at(incident)}/${encodeURIComponent(key)}">Edit<span class="unseen"> ${title}</span></a>` : nothing}</div>
<div class="rendered">${rendered(markdown)}</div>
</section>`;

/** What comes next: review, publish, and open it again. */
function steps({ incident, status }: Document, { token }: Visitor): Html {
  const step = (name: string, words: string, more: Html | string = nothing) =>
    html`<form method="post" action="${at(incident)}-state">${tokenField(token)}${more}<button class="${name === 'publish' ? 'go' : ''}" name="step" value="${name}">${words}</button></form>`;
  const reason = html`<label>Why? <input name="reason" required maxlength="300"></label> `;
  return html`<div class="actions">
${status === 'draft' ? step('review', 'Send for review') : nothing}
${status === 'published' ? step('reopen', 'Open it again', reason) : step('publish', 'Publish')}
</div>`;
}

export interface EditorPage {
  incident: Incident;
  draft: Draft;
  /** What stands in the editor: what the section says, or what its writer could not save. */
  text: string;
  preview: Preview;
  names: Called;
  visitor: Visitor;
  problem?: string | undefined;
  /** Somebody else wrote meanwhile: what counts now. The text in the editor was kept aside. */
  clash?: Revision | undefined;
}

export function editorPage(given: EditorPage): Html {
  const { incident, draft, text, preview, visitor, problem, clash } = given;
  const here = `${at(incident)}/${encodeURIComponent(draft.key)}`;
  const title = `${clash ? 'Two texts of' : 'Edit'} ${draft.title}`;
  return page({
    title: `${title} · #${incident.number}`,
    visitor,
    wide: true,
    body: html`<h1 dir="auto">${title}</h1>
${problem ? html`<p class="note" role="alert">${problem}</p>` : nothing}
${clash ? clashWords(clash, given) : asides(given)}
<div class="sides">
<form class="side" method="post" action="${here}" data-preview="${here}/preview">
${tokenField(visitor.token)}<input type="hidden" name="base" value="${clash?.revision ?? draft.revision}">
<h2><label for="text">${clash ? 'Yours' : 'Markdown'}</label></h2>
<textarea id="text" name="text" dir="auto" maxlength="100000" spellcheck="true">${`\n${text}`}</textarea>
<div class="actions"><button class="go">${clash ? 'Put this in its place' : 'Save'}</button>
<a class="button" href="${at(incident)}">${clash ? 'Leave the other one' : 'Back without saving'}</a></div>
<p class="dim">What stands in <code>{{…}}</code> is filled in from the record, now and whenever it changes. A question <code>{{? … }}</code> goes when you take it out.</p>
</form>
<div class="side"><h2 id="preview-head">Preview</h2><p id="preview-state" class="dim" role="status"></p>
<div id="preview" class="preview" aria-labelledby="preview-head">${previewed(preview)}</div></div>
</div>`,
  });
}

const clashWords = (
  clash: Revision,
  { names }: EditorPage,
): Html => html`<p class="note" role="alert">${called(names, clash.by)} wrote this section while you did, ${time(clash.at)}. Both texts are kept; take from the other one what belongs into yours, or leave yours aside.</p>
<h2>Theirs, which counts now</h2>
<pre class="said" dir="auto" tabindex="0">${visible(clash.text)}</pre>`;

/** Texts that lost a clash stay to be read. */
function asides({ draft, names }: EditorPage): Html | string {
  if (draft.asides.length === 0) return nothing;
  return html`<details><summary>${draft.asides.length} texts that were kept aside</summary>${draft.asides.map(
    ({ by, at: when, text }) =>
      html`<p class="dim">${called(names, by)}, ${time(when)}</p><pre class="said" dir="auto" tabindex="0">${visible(text)}</pre>`,
  )}</details>`;
}
