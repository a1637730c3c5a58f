/** Runs before the first paint, so that no dark page flashes white. */
const kept = localStorage.getItem('sandbox:theme');
const wanted = kept ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.documentElement.dataset.theme = wanted;
