import { Held, Impossible, NotApplied, Unclear } from '../outbox/failures.ts';

export interface Files {
  /** The bytes of a private file of Slack's. Rejects with what the worker knows. */
  download(url: string, limits: { largest: number }): Promise<Buffer>;
}

/** Where Slack keeps private files. https://docs.slack.dev/messaging/working-with-files */
const host = 'https://files.slack.com';
/** Real milliseconds. */
const patience = 30_000;

/** `apiUrl`: another server that speaks Slack's Web API, which keeps its own files. */
export function createFiles({
  botToken,
  apiUrl,
  insideTransaction,
}: {
  botToken: string;
  apiUrl: string | undefined;
  /** A download inside a transaction would hold every other writer for as long as it takes. */
  insideTransaction: () => boolean;
}): Files {
  const origin = apiUrl ? new URL(apiUrl).origin : host;
  return {
    async download(url, { largest }) {
      if (insideTransaction()) throw new Error('a file was asked for inside a transaction');
      // The token goes to Slack and to nobody else, whatever address a message names.
      if (!URL.canParse(url) || new URL(url).origin !== origin) throw new Impossible('not_slacks_file');
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${botToken}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      }).catch((error: unknown) => {
        throw new NotApplied('the file could not be fetched', { cause: error });
      });
      const trouble = troubleWith(response);
      if (trouble) {
        await response.body?.cancel();
        throw trouble;
      }
      return read(response, largest);
    },
  };
}

/** To whom it does not give a file, Slack shows the sign-in page instead. */
function troubleWith({ status, headers }: Response): Error | undefined {
  if (status === 429) return new Held(Math.max(1, Number(headers.get('retry-after')) || 30) * 1_000);
  if (status >= 500) return new Unclear(`HTTP ${status}`);
  if (status !== 200) return new Impossible(status === 404 ? 'file_not_found' : 'file_not_given', `HTTP ${status}`);
  if ((headers.get('content-type') ?? '').startsWith('text/html')) return new Impossible('file_not_given');
  return undefined;
}

async function read(response: Response, largest: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > largest) throw new Impossible('file_too_large');
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof Impossible ? error : new NotApplied('the file came only in part', { cause: error });
  }
  return Buffer.concat(parts);
}
