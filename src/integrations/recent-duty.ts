import type { OnCall } from './contracts.ts';
import type { DutyLevel, DutyOf } from './pager-shapes.ts';

/** Who is on call, as it was heard a moment ago: for what people look at while they choose, and for nothing that wakes anybody. */
export interface RecentDuty {
  /** What was heard lately, without asking. */
  remembered(of: DutyOf): DutyLevel[] | undefined;
  /** The same, and asked for when nothing was heard lately. Those who ask at once share one request. */
  ask(of: DutyOf): Promise<DutyLevel[]>;
}

/** Shifts change by the hour. Milliseconds. */
const fresh = 60_000;
/** A pager that does not answer is not asked at every press. Milliseconds. */
const notAgain = 10_000;

interface Asked {
  at: number;
  answer: Promise<DutyLevel[]>;
  levels?: DutyLevel[];
  failed?: boolean;
}

export function createRecentDuty(duty: OnCall['duty'], now: () => Date): RecentDuty {
  const asked = new Map<string, Asked>();
  const keyOf = (of: DutyOf) => JSON.stringify(of);

  function lately(of: DutyOf): Asked | undefined {
    const one = asked.get(keyOf(of));
    return one && now().getTime() - one.at < (one.failed ? notAgain : fresh) ? one : undefined;
  }

  function askAnew(of: DutyOf): Asked {
    const at = now();
    const one: Asked = { at: at.getTime(), answer: duty(of, at) };
    one.answer.then(
      (levels) => {
        one.levels = levels;
      },
      () => {
        one.failed = true;
      },
    );
    asked.set(keyOf(of), one);
    return one;
  }

  return {
    remembered: (of) => lately(of)?.levels,
    ask: (of) => (lately(of) ?? askAnew(of)).answer,
  };
}
