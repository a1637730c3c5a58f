import type { Incident } from '../../incident/incident.ts';
import { visible } from '../../slack/blocks.ts';
import type { Message } from '../../store/messages.ts';
import { type Html, html, nothing } from '../../web/html.ts';
import { page, time } from '../../web/layout.ts';
import type { Visitor } from '../../web/pages.ts';
import { plainOf } from '../timeline/plain.ts';
import { type Called, called, calling } from './people.ts';

export interface RecordPage {
  incident: Incident;
  messages: Message[];
  /** What was looked for; empty: the record as it was said. */
  words: string;
  /** How many messages there are in all. */
  said: number;
  /** Where the next page goes on. */
  next?: string | undefined;
  /** Whether this is where the record begins. */
  first: boolean;
  /** The images that are kept. */
  images: ReadonlySet<string>;
  names: Called;
  link: (place: { channel: string; ts: string }) => string;
  visitor: Visitor;
}

export function recordPage(given: RecordPage): Html {
  const { incident, messages, words, next, said, first, visitor } = given;
  const at = `/incidents/${incident.number}`;
  const title = `What was said in #${incident.number}`;
  return page({
    title,
    visitor,
    body: html`<h1>${title}</h1>
<p><a href="${at}" dir="auto">${visible(incident.title)}</a></p>
<form class="filters" method="get" action="${at}/record" role="search">
<label class="words">Words <input type="search" name="words" value="${words}" maxlength="200"></label>
<button>Find</button>${words ? html`<a class="button" href="${at}/record">Show all</a>` : nothing}
</form>
<p class="dim">${heading(words, messages.length, said)}</p>
<ol class="record">${messages.map((message) => line(message, given))}</ol>
<nav class="actions" aria-label="Pages">
${first ? nothing : html`<a class="button" href="${at}/record">From the beginning</a>`}
${next ? html`<a class="button" href="${at}/record?after=${next}">Go on</a>` : nothing}
</nav>`,
  });
}

function heading(words: string, shown: number, said: number): string {
  if (words) return shown === 0 ? 'Nobody said that.' : `${shown} say it, newest first.`;
  return said === 0
    ? 'Nothing was said yet.'
    : `${said.toLocaleString('en')} in all, in the order in which they were said.`;
}

function line(message: Message, { names, link, images }: RecordPage): Html {
  const { ts, author, thread, kind, editedAt, erasedAt, files, earlier } = message;
  const notes = [thread && thread !== ts ? 'in a thread' : '', editedAt && !erasedAt ? 'edited' : ''].filter(Boolean);
  const plain = (text: string) => visible(plainOf(text, calling(names)));
  return html`<li>
<div class="dim">${time(new Date(Number(ts) * 1000))} <strong>${called(names, author)}</strong> ${notes.join(', ')}
${erasedAt ? nothing : html` <a href="${link(message)}">in Slack</a>`}</div>
${erasedAt ? html`<p class="dim">This was erased.</p>` : html`<p class="said" dir="auto">${kind === 'joined' ? 'joined' : kind === 'left' ? 'left' : plain(message.text)}</p>`}
${erasedAt ? nothing : files.map((file) => fileLine(file, images))}
${!erasedAt && earlier.length > 0 ? html`<details><summary class="dim">What it said before</summary>${earlier.map(({ text }) => html`<p class="said" dir="auto">${plain(text)}</p>`)}</details>` : nothing}
</li>`;
}

const fileLine = ({ id, name }: { id: string; name: string }, images: ReadonlySet<string>): Html =>
  images.has(id)
    ? html`<p><img src="/images/${id}" alt="${visible(name)}" loading="lazy"></p>`
    : html`<p class="dim">File: ${visible(name)}</p>`;
