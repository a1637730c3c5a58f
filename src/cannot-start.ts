/** Tocsin cannot start for a reason that whoever runs it can put right. The message is all they need to read. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

/** For `catch`: says what failed in front of why. Node gives no message where several addresses were tried. */
export const cannotStart =
  (sentence: string) =>
  (error: unknown): never => {
    const { message, code } = error as { message?: string; code?: string };
    throw new CannotStart(`${sentence} ${message || code || String(error)}`, { cause: error });
  };
