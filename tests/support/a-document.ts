import type { Image } from '../../src/features/export/html.ts';
import type { Document, Section } from '../../src/features/postmortem/document.ts';
import { aPicture } from './a-picture.ts';
import { anIncident, at } from './given.ts';

export const anImage = (id: string, bytes?: number): Image => ({
  id,
  name: `${id}.png`,
  type: 'image/png',
  bytes: aPicture(bytes),
});

export const aSection = (title: string, markdown: string): Section => ({
  key: title.toLowerCase().replaceAll(' ', '-'),
  title,
  markdown,
  revision: 1,
});

/** A postmortem as one would send it to a customer. */
export function aDocument(fields: Partial<Document> = {}): Document {
  const incident = anIncident({
    severity: 'sev2',
    highestSeverity: 'sev1',
    status: 'resolved',
    services: ['checkout', 'api'],
    impact: { felt: 'yes', started: at('08:52'), ended: at('10:04'), share: 18 },
    resolvedAt: at('10:20'),
    roles: { commander: { person: 'U0ANA', since: at('09:02') } },
    postmortemOwner: 'U0BEN',
  });
  return {
    incident,
    title: incident.title,
    status: 'in-review',
    owner: 'U0BEN',
    sections: [
      aSection(
        'Summary',
        'Checkout failed for **18 % of customers** for 72 minutes. A certificate of the payment gateway had run out.\n\nPaying by invoice went on all the time.',
      ),
      aSection(
        'Customer impact',
        '| What | Value |\n|---|--:|\n| From | 2026-03-02 08:52 UTC |\n| Until | 2026-03-02 10:04 UTC |\n| Duration | 1 h 12 min |\n| Customers | 18 % |\n| Failed payments | 4,312 |',
      ),
      aSection('Timeline', timeline),
      aSection(
        'Contributing factors',
        '1. The renewal ran, but the gateway kept the old certificate in memory.\n2. The expiry alert went to a channel that nobody reads since the teams were merged.\n\n> The gateway reads its certificate once, at start.\n\n```\nopenssl s_client -connect pay.example:443 | openssl x509 -noout -enddate\nnotAfter=Mar  2 08:52:00 2026 GMT\n```',
      ),
      aSection(
        'What went well',
        '- The first responder was in the channel after 4 minutes.\n- Updates went out on time, 5 of 5.',
      ),
      aSection('Where we got lucky', ''),
      aSection(
        'Follow-ups',
        '| # | What | Owner | Due | State |\n|--:|---|---|---|---|\n| 1 | Reload certificates without a restart | @U0BEN | 2026-03-09 | open |\n| 2 | Send expiry alerts to the on-call of the service | @U0ANA | 2026-03-09 | done |',
      ),
    ],
    services: ['Checkout', 'Public API'],
    names: new Map([
      ['U0ANA', 'Ana Ruiz'],
      ['U0BEN', 'Ben Okafor'],
    ]),
    madeAt: at('11:00'),
    ...fields,
  };
}

const timeline = `- **08:52 UTC** Customers began to feel it.
- **09:00 UTC** @U0ANA declared the incident as SEV2. [in Slack](https://sandbox.slack.com/archives/C7/p1772442000000100)
- **09:02 UTC** @U0ANA became incident commander.
- **09:14 UTC** @U0BEN: error rate of \`POST /payments\` is at 18 %, all of it TLS

  ![Error rate by endpoint](image:F0GRAPH)

- **09:20 UTC** The severity was raised to SEV1.
- **09:58 UTC** @U0BEN: gateway restarted with the new certificate
- **10:04 UTC** Customers no longer felt it.
- **10:20 UTC** Resolved.`;

const hostile =
  '<script>alert(1)</script> <!channel> <img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](https://elsewhere.example/p.png) ' +
  '=HYPERLINK("https://x.example") \u202edlrow\u202c \u200b``` `` ` "quoted" \'single\' ../../etc/passwd @U0GONE 決済 שלום 👩‍👩‍👧 \ud83d';

/** The same with everything that people, and whatever writes into a channel, may try. */
export function aHostileDocument(): Document {
  const document = aDocument();
  return {
    ...document,
    title: `../../${hostile}`,
    incident: { ...document.incident, title: `../../${hostile}` },
    services: [hostile],
    sections: [
      aSection(hostile, hostile),
      aSection('Table', `| a | b |\n|---|---|\n| ${hostile.replaceAll('|', '')} | x |`),
      aSection('List', `- ${hostile}\n  - ${hostile}`),
      aSection('Block', '<div onclick="alert(1)">\n<b>x</b>\n</div>\n\n<!-- -->\n\n[x]: javascript:alert(1)\n\n[x]'),
      ...document.sections,
    ],
    names: new Map([['U0ANA', `[Ana](javascript:alert(1))<script>`]]),
  };
}
