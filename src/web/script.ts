/** What pages do in the browser: times in the reader's zone, a preview while somebody writes, and no words lost by leaving. */
export const script = `'use strict';
const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime);
  time.title = time.textContent;
  time.textContent = shown.format(at);
}

const editor = document.querySelector('form[data-preview]');
if (editor) {
  const text = editor.querySelector('textarea');
  const preview = document.querySelector('#preview');
  const state = document.querySelector('#preview-state');
  let asked = 0;
  let waiting;
  let leaving = false;

  const show = async () => {
    const turn = ++asked;
    const body = new URLSearchParams({ token: editor.elements.token.value, text: text.value });
    const answer = await fetch(editor.dataset.preview, { method: 'POST', body }).catch(() => undefined);
    if (turn !== asked) return;
    if (answer && answer.ok) preview.innerHTML = await answer.text();
    state.textContent = answer && answer.ok ? '' : 'The preview is not up to date: the bot does not answer.';
  };
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  });
  editor.addEventListener('submit', () => { leaving = true; });
  addEventListener('beforeunload', (event) => {
    if (!leaving && text.value !== text.defaultValue) event.preventDefault();
  });
}
`;
