import { render } from 'preact';
import { App } from './app.tsx';
import { placeOf } from './state/address.ts';
import { openWorld } from './state/overlay.ts';
import { followAddress, go, place } from './state/places.ts';
import { followDrawer, followPerson, followPlace, followTitle } from './state/route.ts';
import { followSystem } from './state/theme.ts';
import './style/style.css';

/** A permalink in a message, or a link to PagerDuty, leads to a place in this page, not to another one. */
function onLink(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey) return;
  const { hostname, port, pathname, search } = new URL(link.href);
  const isOurs = ['localhost', '127.0.0.1'].includes(hostname) && port === location.port;
  const isPagerDuty = isOurs && pathname.startsWith('/pagerduty/');
  if (!isPagerDuty && !(isOurs && pathname.startsWith('/archives/'))) return;
  event.preventDefault();
  if (isPagerDuty) return openWorld('PagerDuty');
  go(placeOf(`#${pathname}${search}`, place.peek().person));
}

document.addEventListener('click', onLink, true);
followAddress();
followSystem();
followPerson();
followPlace();
followTitle();
followDrawer();

const root = document.getElementById('page');
if (root) render(<App />, root);
