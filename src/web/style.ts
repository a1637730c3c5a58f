/** How pages look: one column that fits 390 pixels, light and dark as the reader's system is, 4.5:1 for every text. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #1a1d21);
  --soft: light-dark(#f6f6f7, #22262a);
  --text: light-dark(#1d1c1d, #e1e2e3);
  --dim: light-dark(#5b5a5c, #b0b2b5);
  --line: light-dark(#dddddd, #3c4046);
  --edge: light-dark(#8d8b8e, #82868b);
  --link: light-dark(#0b5cad, #6cc0f5);
  --accent: light-dark(#7a1f1f, #f0a3a3);
  --go: light-dark(#00694d, #0f7d5e);
  --warn: light-dark(#fef7e6, #3b311a);
  --mark: light-dark(#fff1b8, #5d4b12);
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--bg); color: var(--text); }
body { margin: 0; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--bg); padding: 8px; z-index: 1; }
.top { display: flex; gap: 16px; align-items: center; justify-content: space-between; flex-wrap: wrap;
  padding: 10px 20px; border-bottom: 1px solid var(--line); }
.home { font-weight: 700; font-size: 1.1rem; color: var(--accent); text-decoration: none; }
.top nav, .top form { display: flex; gap: 6px 12px; align-items: center; flex-wrap: wrap; margin: 0; }
.me { color: var(--dim); }
main { padding: 20px; margin: 0 auto; max-width: 60rem; }
main.wide { max-width: 84rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 32px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 18px 0 6px; }
p, li, dd, td { overflow-wrap: anywhere; }
.dim, time { color: var(--dim); }
.dim { font-size: .925rem; }
button, .button { font: inherit; font-weight: 600; padding: 7px 14px; min-height: 38px; border: 1px solid var(--edge); border-radius: 6px;
  background: var(--bg); color: var(--text); cursor: pointer; text-decoration: none; display: inline-block; }
button.go, .button.go { background: var(--go); border-color: var(--go); color: #fff; }
button.quiet { border: 0; padding: 4px; font-weight: 400; color: var(--link); background: none; text-decoration: underline; min-height: 28px; }
input, select, textarea { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--edge); border-radius: 6px;
  padding: 7px 10px; min-height: 38px; max-width: 100%; }
textarea { width: 100%; min-height: 22rem; font: 14px/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; resize: vertical; }
.filters { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; margin-bottom: 20px; }
.filters label { display: grid; align-content: end; gap: 2px; font-size: .9rem; color: var(--dim); }
.filters label.words { flex: 1 1 14rem; }
.filters input, .filters select { color: var(--text); font-size: 1rem; width: 100%; height: 40px; }
.filters button { height: 40px; }
ul.incidents, ol.timeline, ol.record, ul.plain { list-style: none; margin: 0; padding: 0; }
ul.incidents > li { padding: 12px 0; border-bottom: 1px solid var(--line); }
ul.incidents a { font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 14px; }
.tag { display: inline-block; border: 1px solid var(--edge); border-radius: 4px; padding: 0 7px; font-size: .85rem; font-weight: 600; }
.tag.hot { border-color: var(--accent); color: var(--accent); }
dl.state { display: grid; grid-template-columns: max-content 1fr; gap: 6px 18px; margin: 0; }
dl.state dt { color: var(--dim); }
dl.state dd { margin: 0; }
ol.timeline > li, ol.record > li { padding: 8px 0; border-bottom: 1px solid var(--line); }
.said { white-space: pre-wrap; overflow-wrap: anywhere; margin: 2px 0 0; }
.note { background: var(--warn); border-left: 4px solid var(--accent); padding: 8px 12px; margin: 12px 0; }
blockquote { margin: 8px 0; padding: 2px 14px; border-left: 4px solid var(--line); }
pre { background: var(--soft); padding: 10px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
code { background: var(--soft); padding: 0 3px; border-radius: 3px; }
mark { background: var(--mark); color: inherit; }
table { border-collapse: collapse; }
thead:not(:has(th:not(:empty))) { display: none; }
th, td { border: 1px solid var(--line); padding: 6px 10px; text-align: left; vertical-align: top; }
img { max-width: 100%; height: auto; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; }
.side { min-width: 0; }
.side h2 { border: 0; margin: 8px 0; padding: 0; }
.headed { display: flex; gap: 12px; align-items: baseline; justify-content: space-between; margin: 32px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
.headed h2 { border: 0; margin: 0; padding: 0; }
.preview { border: 1px solid var(--line); border-radius: 6px; padding: 4px 14px; min-height: 8rem; }
.actions { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin: 12px 0; }
.actions form { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.rendered > :first-child { margin-top: 0; }
.rendered .wide, .preview .wide { overflow-x: auto; }
.time { white-space: nowrap; }
.pointed { margin: 14px 0; padding: 2px 14px 8px; background: var(--warn); border-left: 4px solid var(--accent); }
.pointed h3 { margin: 8px 0; font-size: 1rem; }
.pointed ul { margin: 0; padding-left: 20px; }
.right { text-align: right; }
.center { text-align: center; }
.code { font-family: ui-monospace, monospace; letter-spacing: .06em; }
@media (max-width: 720px) {
  main { padding: 16px; }
  .top { padding: 8px 16px; }
  .sides { grid-template-columns: 1fr; }
  dl.state { grid-template-columns: 1fr; gap: 0; }
  dl.state dd { margin-bottom: 8px; }
}
@media print { .top, .filters, .actions, .skip { display: none; } }
`;
