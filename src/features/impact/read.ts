import type { Impact, Interval } from '../../incident/impact.ts';
import { readTime } from '../lifecycle/when.ts';

export interface Said {
  impact: Impact;
  again?: boolean;
  reason: string;
}

const percent = /\b(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent\b)(?:\s*of\s+(?:the\s+|our\s+)?customers)?/i;
const because = /^([\s\S]*?)[\s,;:]*\bbecause\b\s*([\s\S]*)$/i;

/**
 * What customers feel as somebody writes it in one line: `yes since 14:05`, `no`, `ended 10 minutes ago`, `20 %`, each with
 * `because …` where it corrects something. What the line leaves out stays as it was. Undefined when it says nothing of the kind.
 */
export function readImpact(text: string, known: Impact, now: Date, zone: number): Said | undefined {
  const [, said = text, reason = ''] = because.exec(text) ?? [];
  const share = shareIn(said);
  const rest = said
    .replace(percent, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ ,;]+|[ ,;]+$/g, '');
  const read = readFelt(rest, known, (time) => readTime(time, now, zone), share !== undefined);
  if (!read || (share !== undefined && read.impact.felt !== 'yes')) return undefined;
  return { ...read, reason, ...(share !== undefined && { impact: { ...read.impact, felt: 'yes', share } }) };
}

function shareIn(text: string): number | undefined {
  const share = Number(percent.exec(text)?.[1]?.replace(',', '.'));
  return share >= 0 && share <= 100 ? share : undefined;
}

type Time = (text: string) => Date | undefined;

function readFelt(text: string, known: Impact, time: Time, hasShare: boolean): Omit<Said, 'reason'> | undefined {
  const stretch: Interval = known.felt === 'yes' ? known : {};
  if (/^no(body|ne)?$/i.test(text)) return { impact: { felt: 'no' } };
  if (/^(unknown|not known|unsure)$/i.test(text)) return { impact: { felt: 'unknown' } };
  if (text === '' && hasShare) return { impact: { ...stretch, felt: 'yes' } };
  // It had ended, and somebody says that it is felt.
  if (/^(yes|felt)$/i.test(text))
    return stretch.ended ? { impact: { felt: 'yes' }, again: true } : { impact: { ...stretch, felt: 'yes' } };
  return readSpan(text, stretch, time);
}

function readSpan(text: string, stretch: Interval, time: Time): Omit<Said, 'reason'> | undefined {
  const [, from, until] = /^(?:yes,? )?from (.+?) (?:to|till|until) (.+)$/i.exec(text) ?? [];
  if (from && until) {
    const [started, ended] = [time(from), time(until)];
    return started && ended ? { impact: { ...stretch, felt: 'yes', started, ended } } : undefined;
  }
  const [, over] = /^(?:ended|over|stopped|until)(?: at| since)? (.+)$/i.exec(text) ?? [];
  if (over) {
    const ended = time(over);
    return ended && { impact: { ...stretch, felt: 'yes', ended } };
  }
  const [, since] = /^(?:yes,?(?: since| from)?|since|from|started(?: at)?) (.+)$/i.exec(text) ?? [];
  const started = since ? time(since) : undefined;
  if (!started) return undefined;
  // After the end of the last stretch another one begins, and nobody has said yet how many feel that.
  if (stretch.ended && started >= stretch.ended) return { impact: { felt: 'yes', started } };
  return { impact: { ...stretch, felt: 'yes', started } };
}
