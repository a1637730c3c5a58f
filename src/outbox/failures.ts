/**
 * What can come of asking the outside for something, other than success. An integration throws one of these; the worker decides
 * by the class alone what happens next. Anything else that is thrown counts as `Unclear`: it is never sent again blindly.
 */

/** Too many requests: the other side said when to come back, and nothing was applied. */
export class Held extends Error {
  override name = 'Held';
  readonly retryAfterMs: number;
  /** What is closed until then, when it is not the gate of the effect itself: a look-up has a limit of its own. */
  readonly gate?: string;
  constructor(retryAfterMs: number, gate?: string) {
    super(`rate limited${gate ? ` on ${gate}` : ''}`);
    this.retryAfterMs = retryAfterMs;
    if (gate) this.gate = gate;
  }
}

/** It certainly did not happen (the connection was refused, the service said so): safe to try again later. */
export class NotApplied extends Error {
  override name = 'NotApplied';
}

/** It may have happened: the reply was lost, timed out, or made no sense. */
export class Unclear extends Error {
  override name = 'Unclear';
}

/** The other side understood and said no: trying the same again changes nothing. */
export class Impossible extends Error {
  override name = 'Impossible';
  /** The other side's own word for it, such as `channel_not_found`. */
  readonly code: string;
  constructor(code: string, message = code) {
    super(message);
    this.code = code;
  }
}
