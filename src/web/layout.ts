import { scriptUrl, styleUrl } from './assets.ts';
import { type Html, html, nothing } from './html.ts';
import type { Visitor } from './pages.ts';

export interface Page {
  title: string;
  /** Absent on the pages for those who are not signed in. */
  visitor?: Visitor | undefined;
  body: Html | Html[];
  /** The page of a long table or text takes the whole width. */
  wide?: boolean;
}

/** Every page: who reads, the way back to the list, and what it is about. */
export const page = ({ title, visitor, body, wide = false }: Page): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Tocsin</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styleUrl}">
<script src="${scriptUrl}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="home" href="/incidents">Tocsin</a>
${visitor ? who(visitor) : nothing}
</header>
<main id="content" class="${wide ? 'wide' : 'plain'}">
${body}
</main>
</body>
</html>`;

const who = ({ name, token }: Visitor): Html => html`<nav aria-label="You">
<span class="me">${name}</span>
<form method="post" action="/sign-out">${tokenField(token)}
<button class="quiet">Sign out</button>
<button class="quiet" name="everywhere" value="yes">Sign out everywhere</button>
</form>
</nav>`;

/** Goes into every form that is sent with POST. */
export const tokenField = (token: string): Html => html`<input type="hidden" name="token" value="${token}">`;

/** A moment: the page's script says it in the reader's own zone, and without a script it is UTC. */
export function time(at: Date): Html {
  const iso = at.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** A page that only says something. */
export const saying = (title: string, words: string, visitor?: Visitor): Html =>
  page({ title, visitor, body: html`<h1>${title}</h1><p>${words}</p><p><a href="/incidents">All incidents</a></p>` });
