import { signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

/** set before the first paint by theme.ts */
export const theme = signal<Theme>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

function show(next: Theme) {
  theme.value = next;
  document.documentElement.dataset.theme = next;
}

export function turnTheme() {
  const next = theme.peek() === 'dark' ? 'light' : 'dark';
  localStorage.setItem('sandbox:theme', next);
  show(next);
}

/** Goes with the system until somebody chose. */
export function followSystem() {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (localStorage.getItem('sandbox:theme') === null) show(matches ? 'dark' : 'light');
  });
}
