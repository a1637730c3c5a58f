import { isLoopback } from '../config.ts';

/** Under which addresses the pages may be read. */
export interface Address {
  /** Where people are sent who came to `host`, without a slash at the end. */
  origin: (host: string | undefined) => string;
  secure: boolean;
  /** Whether a request came to an address of ours: no other name for this machine (DNS rebinding). */
  isOurs: (host: string | undefined) => boolean;
  /** Whether a page of ours sent it. */
  sentByUs: (said: Said) => boolean;
}

/** What a browser says of where a request comes from, in headers that no page can write. */
export interface Said {
  host: string | undefined;
  origin: string | undefined;
  /** `Sec-Fetch-Site` */
  site: string | undefined;
}

/** Without PUBLIC_URL the pages are for this machine, whichever of its own names it is called by. */
export function createAddress(publicUrl: string | undefined): Address {
  const known = publicUrl === undefined ? undefined : new URL(publicUrl);
  const isHere = (host: string) => isLoopback(`http://${host}`);
  return {
    origin: (host = 'localhost') => known?.origin ?? `http://${host}`,
    secure: known?.protocol === 'https:',
    isOurs: (host = '') => host !== '' && (host === known?.host || isHere(host)),
    sentByUs({ host = '', origin = 'null', site }) {
      // A page without a referrer sends its forms from `null`: https://fetch.spec.whatwg.org/#append-a-request-origin-header
      if (origin === 'null') return site === 'same-origin';
      return origin === known?.origin || (isHere(host) && origin === `http://${host}`);
    },
  };
}
