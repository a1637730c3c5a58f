/** The rhythm of updates as the policy words it, worked out a second time and in another way than the bot does. */

/** Minutes from the beginning, and what somebody does then, or what is done to the bot. */
export type Act = { at: number } & (
  | { do: 'declare' | 'update' | 'resolve' | 'kill' | 'start' }
  | { do: 'severity'; to: Severity }
  | { do: 'status'; to: 'identified' | 'monitoring' }
);
type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4';

export interface Rules {
  cadence: Record<Severity, Partial<Record<string, number>>>;
  first: Partial<Record<Severity, number>>;
  before: number;
  escalateAfter: number;
  /** Nobody is told of a quiet severity between these two; minutes from the beginning. */
  quiet: { severity: Severity; from: number; until: number };
}

interface Owed {
  due: number;
  remind: number | undefined;
  escalate: number | undefined;
  told: boolean;
  fell: boolean;
}

/** What has to happen, in order: `60 promise 90`, `85 remind`, `90 due`, `95 escalate`. */
export function expected(acts: Act[], rules: Rules): string[] {
  const lines: string[] = [];
  let owed: Owed | undefined;
  let [severity, status, updates, awake]: [Severity, string, number, number] = ['sev1', 'investigating', 0, 0];
  const say = (at: number, what: string) => lines.push(`${round(at)} ${what}`);

  const allowed = (at: number) => {
    const { severity: quiet, from, until } = rules.quiet;
    return severity === quiet && at >= from && at < until ? until : at;
  };

  function promise(at: number, due: number | undefined): void {
    say(at, `promise ${due === undefined ? 'on change' : round(due)}`);
    if (due === undefined) owed = undefined;
    else {
      const remind = allowed(due - Math.min(rules.before, (due - at) / 3));
      owed = { due, remind, escalate: allowed(Math.max(due, remind) + rules.escalateAfter), told: false, fell: false };
    }
  }

  function usual(at: number): number | undefined {
    const every = rules.cadence[severity][status];
    const first = updates === 0 ? rules.first[severity] : undefined;
    return every === undefined ? undefined : at + Math.min(every, first ?? every);
  }

  /** A change of severity or status never buys time. */
  function replan(at: number, wasQuiet: boolean): void {
    const planned = usual(at);
    const due = owed && planned !== undefined ? Math.min(owed.due, planned) : planned;
    const isQuiet = severity === rules.quiet.severity;
    if (due !== owed?.due || (due !== undefined && isQuiet !== wasQuiet)) promise(at, due);
  }

  /** All that the clock brings until then, each thing when it is due or when the bot is back. */
  function strike(until: number): void {
    for (;;) {
      const times = owed ? [owed.remind, owed.fell ? undefined : owed.due, owed.escalate] : [];
      const next = Math.min(...times.filter((time) => time !== undefined));
      if (!owed || next > until) return;
      const at = Math.max(next, awake);
      if (owed.remind !== undefined && owed.remind <= at) {
        say(at, 'remind');
        if (!owed.told) owed.escalate = allowed(Math.max(owed.due, at) + rules.escalateAfter);
        [owed.remind, owed.told] = [undefined, true];
      }
      if (!owed.fell && owed.due <= at) {
        say(at, 'due');
        owed.fell = true;
      }
      if (owed.escalate !== undefined && owed.escalate <= at) {
        say(at, 'escalate');
        owed.escalate = undefined;
      }
    }
  }

  let up = true;
  for (const act of acts) {
    const { at } = act;
    // What falls into the same instant as an act comes before it: the clock is wound first.
    if (up) strike(at);
    const wasQuiet = severity === rules.quiet.severity;
    if (act.do === 'kill') up = false;
    else if (act.do === 'start') {
      [up, awake] = [true, at];
      strike(at);
    } else if (act.do === 'declare') promise(at, usual(at));
    else if (act.do === 'update') {
      updates += 1;
      promise(at, usual(at));
    } else if (act.do === 'severity') {
      severity = act.to;
      replan(at, wasQuiet);
    } else if (act.do === 'status') {
      status = act.to;
      replan(at, wasQuiet);
    } else owed = undefined;
  }
  return lines;
}

/** Every moment at which something has to happen. */
export const momentsOf = (lines: string[]): number[] => [...new Set(lines.map((line) => Number(line.split(' ')[0])))];

/** To a second: a third of five minutes is no whole number of them. */
export const round = (minutes: number): number => Math.round(minutes * 60_000) / 60_000;
