import { newId } from './ids.ts';
import type { Command, Declare } from './incident/commands.ts';
import { decide } from './incident/decide.ts';
import type { Refusal } from './incident/decision.ts';
import type { IncidentEvent } from './incident/events.ts';
import { evolve } from './incident/evolve.ts';
import { type Incident, undeclared } from './incident/incident.ts';
import { isOver } from './incident/lifecycle.ts';
import type { Effect } from './outbox/effect.ts';
import type { Policy } from './policy.ts';
import { Conflict } from './store/conflict.ts';
import type { Reader, Store, Tx } from './store/store.ts';

/** Who asks, and by which delivery and form: the same delivery, or a form that succeeded, is never carried out twice. */
export interface By {
  person: string;
  delivery?: string;
  form?: string;
}

export type Outcome =
  | {
      incident: Incident;
      events: IncidentEvent[] /** This was answered before; nothing changed now. */;
      repeated?: boolean;
    }
  | { refused: Refusal; incident: Incident };

/** What is kept of an outcome, to give it again. */
type Kept = { incident: string; refused?: Refusal };

export interface DeskParts {
  store: Store;
  now: () => Date;
  /** The policy of today, which new incidents begin under. */
  policy: Policy;
  policyOf: (tx: Tx, version: string) => Promise<Policy>;
  react: (event: IncidentEvent, incident: Incident, by: string) => Effect[];
  /** Called after a commit that left work in the outbox. */
  wake: () => void;
}

type Look = (tx: Reader) => Promise<void>;

export type Desk = ReturnType<typeof createDesk>;

/** The one door: everything that happens to an incident goes through here, in a single transaction. */
export function createDesk({ store, now, policy, policyOf, react, wake }: DeskParts) {
  /** The same, inside a transaction of the caller's: for the worker, which settles its row and reports in one. */
  async function handleIn(tx: Tx, id: string, command: Command, by: By): Promise<Outcome> {
    const before = await tx.incidents.lock(id);
    if (!before) throw new Error(`no incident ${id}`);
    // Asked while nobody else can decide: of a form pressed twice, the second must not judge what the first has done.
    const earlier = await answeredBefore(tx, by);
    if (earlier) return earlier;
    return carryOut(tx, before, command, by, await policyOf(tx, before.policyVersion));
  }

  async function declareIn(tx: Tx, command: Declare, by: By, look?: Look): Promise<Outcome> {
    const earlier = await answeredBefore(tx, by);
    if (earlier) return earlier;
    // Declares wait for one another where the number is taken: whoever looks after it sees all that came before.
    const before = undeclared(newId('inc'), await tx.incidents.takeNumber());
    await look?.(tx);
    return carryOut(tx, before, command, by, policy);
  }

  async function carryOut(tx: Tx, before: Incident, command: Command, by: By, rules: Policy): Promise<Outcome> {
    const at = now();
    const decision = decide(before, command, at, rules);
    if ('refused' in decision) {
      await keep(tx, by, { incident: before.id, refused: decision.refused }, at);
      // A number taken for a declaration that is refused goes back with the transaction.
      if (before.version === 0) throw new Refused({ ...decision, incident: before });
      return { ...decision, incident: before };
    }
    const { events } = decision;
    const happened = { by: by.person, at };
    const incident = events.reduce((so_far, event) => evolve(so_far, event, happened), before);
    if (events.length > 0) {
      const services = incident.services.map((key) => rules.services[key]?.name ?? key);
      await tx.incidents.save(incident, before.version === 0 ? undefined : before, events, happened, services);
      await tx.outbox.enqueue(
        events.flatMap((event) => react(event, incident, by.person)),
        at,
      );
    }
    await keep(tx, by, { incident: incident.id }, at);
    return { incident, events };
  }

  /** Two incidents change at once, or neither: the one ends, the other says what it took in. */
  async function mergeIn(tx: Tx, id: string, into: string, by: By): Promise<Outcome> {
    // Locked in one order, or two merges in opposite directions would wait for each other.
    for (const one of [id, into].toSorted()) await tx.incidents.lock(one);
    const target = await tx.incidents.load(into);
    if (!target) throw new Error(`no incident ${into}`);
    const facts = { id: into, number: target.number, isOver: isOver(target), isPrivate: target.isPrivate };
    const outcome = await handleIn(tx, id, { type: 'merge', into: facts }, by);
    if ('refused' in outcome || outcome.repeated) return outcome;
    const { number } = outcome.incident;
    await handleIn(tx, into, { type: 'absorb', other: { id, number } }, { person: by.person });
    return outcome;
  }

  return {
    handleIn,
    handle: (id: string, command: Command, by: By): Promise<Outcome> => settled((tx) => handleIn(tx, id, command, by)),
    merge: (id: string, into: string, by: By): Promise<Outcome> => settled((tx) => mergeIn(tx, id, into, by)),
    /** With `look`, somebody looks at what is there before it is decided; what that throws takes everything back. */
    declare: (command: Declare, by: By, look?: Look): Promise<Outcome> =>
      settled((tx) => declareIn(tx, command, by, look)),
  };

  async function settled(work: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
    const outcome = await onceMore(() => store.transact(work)).catch(refusal);
    wake();
    return outcome;
  }
}

/**
 * A command that lost the race for an incident's version is decided again on what the winner left. Somebody wins each race, so of
 * twenty at once the last may lose nineteen times.
 */
export async function onceMore<T>(work: () => Promise<T>, tries = 50): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Conflict) || left <= 1) throw error;
    }
  }
}

async function answeredBefore(tx: Tx, { delivery, form }: By): Promise<Outcome | undefined> {
  const kept = ((delivery && (await tx.inbox.outcome(delivery))) ?? (form && (await tx.forms.outcome(form)))) as
    | Kept
    | undefined;
  const incident = kept && (await tx.incidents.load(kept.incident));
  if (!incident) return undefined;
  return kept.refused ? { refused: kept.refused, incident } : { incident, events: [], repeated: true };
}

/** A form that was refused may be sent again, so only its success is kept; a delivery is kept with either. */
async function keep(tx: Tx, { delivery, form }: By, kept: Kept, at: Date): Promise<void> {
  // A replica that was taken for dead may be at work on the same delivery: the one that commits first has answered it.
  const second = delivery && !(await tx.inbox.recordOutcome(delivery, kept)) && (await tx.inbox.outcome(delivery));
  if (second) throw new Conflict(`Delivery ${delivery} was answered meanwhile.`);
  if (form && !kept.refused) await tx.forms.keep(form, kept, at);
}

/** Rolls the transaction back and carries the refusal out of it. */
class Refused extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super('refused');
    this.outcome = outcome;
  }
}

function refusal(error: unknown): Outcome {
  if (error instanceof Refused) return error.outcome;
  throw error;
}
