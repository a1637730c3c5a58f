/** What a person asked for, with a word of its own that is found again wherever it shows. */
export interface Asked {
  what: 'declare' | 'update' | 'status' | 'severity' | 'page' | 'note' | 'resolve';
  /** The title, the text of an update, the note of a change, why somebody is paged, a note in PagerDuty. */
  text: string;
  /** The status or severity asked for. */
  to?: string;
  /** Undefined: no answer came, and it may have happened or not. `refused`: it was answered with a sentence that says no. */
  answer?: 'acknowledged' | 'refused';
  /** Counted over the whole run: what was answered before something else was asked came before it. */
  askedAt: number;
  answeredAt?: number;
}

/** Somebody took a page in PagerDuty. */
export interface Taken {
  /** The page's. */
  key: string;
  /** Whose account. */
  account: string;
  /** By the sandbox's clock. */
  at: Date;
}

/** One run's diary: every request of every person, in the order asked, and who took which page. */
export interface Ledger {
  asked: Asked[];
  taken: Taken[];
  ask(what: Asked['what'], text: string, to?: string): Asked;
  answered(asked: Asked, answer: 'acknowledged' | 'refused'): void;
}

export function createLedger(): Ledger {
  const asked: Asked[] = [];
  let moment = 0;
  const next = () => {
    moment += 1;
    return moment;
  };
  return {
    asked,
    taken: [],
    ask(what, text, to) {
      const entry: Asked = { what, text, ...(to && { to }), askedAt: next() };
      asked.push(entry);
      return entry;
    },
    answered(entry, answer) {
      entry.answer = answer;
      entry.answeredAt = next();
    },
  };
}

/** One certainly came before the other: its answer was there before the other was asked. */
export const isBefore = (one: Asked, other: Asked) =>
  one.answer === 'acknowledged' && one.answeredAt !== undefined && one.answeredAt < other.askedAt;
