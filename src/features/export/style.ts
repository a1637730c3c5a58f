/** How an exported page looks: on a screen in both lights, and on paper. No fonts from elsewhere; every system has these. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #1d2129; --soft: #5b6472; --line: #dfe3e8; --paper: #fff; --wash: #f5f6f8; --link: #0b57a8; --mark: #7a1f1f;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --soft: #a2abb8; --line: #353b45; --paper: #15181d; --wash: #1e2229; --link: #7db8f5; --mark: #e58d8d; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 48rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
.kind { margin: 0 0 .5rem; color: var(--mark); font-size: .8125rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; }
h1 { margin: 0 0 1.5rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h1.long { font-size: 1.375rem; line-height: 1.3; }
.time { white-space: nowrap; }
h2 { margin: 2.75rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); font-size: 1.3125rem; line-height: 1.3; }
h3, h4, h5, h6 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem; line-height: 1.35; }
p, ul, ol, pre, blockquote, .wide { margin: 0 0 1rem; }
ul, ol { padding-inline-start: 1.5rem; }
li { margin: .25rem 0; }
li > p { margin-bottom: .4rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
dl.facts {
  display: grid; grid-template-columns: max-content 1fr; gap: .45rem 1.5rem; margin: 0; padding: 1.1rem 1.25rem;
  background: var(--wash); border-radius: .5rem; font-size: .9375rem; line-height: 1.5;
}
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
nav { margin: 1.5rem 0 0; font-size: .9375rem; }
nav ol { columns: 2; column-gap: 2rem; margin: 0; padding: 0; list-style: none; }
nav li { margin: 0; padding: .2rem 0; break-inside: avoid; }
nav a { color: inherit; text-decoration-color: var(--line); }
code { padding: .1em .3em; background: var(--wash); border-radius: .25rem; font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre { padding: .9rem 1rem; background: var(--wash); border-radius: .5rem; overflow-x: auto; }
pre code { padding: 0; background: none; white-space: pre-wrap; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); color: var(--soft); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 600; text-align: start; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:empty { padding: 0; border: 0; }
.right { text-align: right; } .center { text-align: center; }
img { display: block; max-width: 100%; max-height: 36rem; margin: .6rem 0; border: 1px solid var(--line); border-radius: .375rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
.empty { color: var(--soft); font-style: italic; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .8125rem; }
@media (max-width: 34rem) {
  main { padding: 1.75rem 1rem 3rem; }
  h1 { font-size: 1.5rem; } h1.long { font-size: 1.25rem; }
  dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: .6rem; }
  nav ol { columns: 1; }
}
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #5b6472; } }
@media print {
  :root { color-scheme: light; --ink: #1d2129; --soft: #5b6472; --line: #d5dae0; --paper: #fff; --wash: #f5f6f8; --link: #0b57a8; --mark: #7a1f1f; }
  body { font-size: 10.5pt; line-height: 1.5; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 21pt; } h1.long { font-size: 15pt; } h2 { margin-top: 20pt; font-size: 13.5pt; }
  h2, h3, h4 { break-after: avoid; }
  img, tr, pre, blockquote, dl.facts { break-inside: avoid; }
  img { max-height: 150mm; }
  dl.facts, pre, code { print-color-adjust: exact; }
  p, li { orphans: 3; widows: 3; }
}
`;
