import { type Html, html, nothing } from './html.ts';
import { page, tokenField } from './layout.ts';

export interface SignInPage {
  /** Whether people can sign in with Slack. */
  withSlack: boolean;
  /** Where they wanted to go. */
  to: string;
  token: string;
  /** Why it did not work just now. */
  problem?: string | undefined;
}

export const signInPage = ({ withSlack, to, token, problem }: SignInPage): Html =>
  page({
    title: 'Sign in',
    body: html`<h1>Sign in</h1>
${problem ? html`<p class="note" role="alert">${problem}</p>` : nothing}
${withSlack ? bySlack(to) : html`<p>Signing in with Slack is not set up. Whoever runs the bot finds how in <code>docs/web.md</code>.</p>`}
<h2>When Slack is down</h2>
<p>Whoever runs the bot makes a code for you with <code>npm run code</code>. It is good once, for 15 minutes.</p>
<form method="post" action="/sign-in/code" class="filters">
${tokenField(token)}<input type="hidden" name="to" value="${to}">
<label>Code <input class="code" name="code" required maxlength="40" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"></label>
<button>Sign in with a code</button>
</form>`,
  });

const bySlack = (to: string): Html =>
  html`<p>The pages show each person what they may see in Slack.</p>
<p><a class="button go" href="/sign-in/slack?${new URLSearchParams({ to })}">Sign in with Slack</a></p>`;
