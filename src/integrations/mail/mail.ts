import { isLoopback } from '../../config.ts';
import { Impossible, NotApplied, Unclear } from '../../outbox/failures.ts';
import type { PagingSettings } from '../../paging-config.ts';
import type { SecondWay } from '../contracts.ts';
import { RefusedToken } from '../http.ts';
import type { SecondMessage } from '../pager-shapes.ts';

type MailSettings = NonNullable<PagingSettings['mail']>;

/** Milliseconds for the whole of it. A mail server that takes longer is not the way to wake somebody. */
const timeOut = 15_000;

/** Mail as a second way: one message to all recipients, marked as urgent. Nothing is loaded before the first. */
export function mailWay({ url, from, to }: MailSettings, within = timeOut): SecondWay {
  const { protocol, username } = new URL(url.reveal());

  async function send(message: SecondMessage): Promise<string> {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url: url.reveal(),
      // A password goes out under TLS only, whatever a server, or somebody between us, says that it can.
      requireTLS: protocol === 'smtp:' && username !== '' && !isLoopback(url.reveal()),
      connectionTimeout: within,
      greetingTimeout: within,
      socketTimeout: within,
      dnsTimeout: within,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const sent = await transport.sendMail({
        from,
        to,
        subject: message.subject,
        text: message.link ? `${message.text}\n\n${message.link}` : message.text,
        // The same for every attempt: whoever receives it twice shows it once.
        messageId: messageIdOf(message.key, from),
        priority: 'high',
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(within),
      });
      const left = sent.rejected.length > 0 ? `; not for ${sent.rejected.join(', ')}` : '';
      return `${sent.response}${left}`;
    } catch (error) {
      throw failureOf(error as MailError, within);
    } finally {
      transport.close();
    }
  }

  return { kind: 'mail', to: to.join(', '), send };
}

/** RFC 5322 takes few characters here. */
const messageIdOf = (key: string, from: string) =>
  `<${key.replace(/[^\w.-]+/g, '.')}@${from.slice(from.lastIndexOf('@') + 1)}>`;

/** https://nodemailer.com/errors */
interface MailError {
  name?: string;
  code?: string;
  syscall?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

function failureOf(error: MailError, within: number): Error {
  const { code = error.name ?? 'unknown', command, responseCode: said, response } = error;
  const message = response ? `the mail server said ${response}` : `the mail server: ${code}`;
  if (said !== undefined && said >= 500) {
    return code === 'EAUTH' ? new RefusedToken(message) : new Impossible(`smtp_${said}`, message);
  }
  // It was told to come back later.
  if (said !== undefined && said >= 400) return new NotApplied(message);
  if (code === 'EABORT' || code === 'ETIMEDOUT' || code === 'AbortError' || code === 'TimeoutError')
    return new Unclear(`the mail server did not answer within ${within} ms`);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return new Impossible('invalid_mail', message);
  const neverLeft = error.syscall === 'connect' || command === 'STARTTLS' || command === 'EHLO';
  if (neverLeft || code === 'EDNS' || code === 'ETLS')
    return new NotApplied(`no connection to the mail server (${code})`);
  return new Unclear(message);
}
