/** A unique index said no; the same on both engines. */
export class UniqueViolation extends Error {
  override name = 'UniqueViolation';
}

const uniqueCodes = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

export interface DriverError extends Error {
  code: string;
  /** Postgres only: the index or constraint that refused. */
  constraint?: string;
}

/** The driver's own error, from under what drizzle wraps around it. */
export function driverError(error: unknown): DriverError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error as DriverError;
  return 'cause' in error ? driverError(error.cause) : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(driverError(error)?.code ?? '');
}

/** What callers see. Drizzle's message quotes every parameter, and with them what a private incident says. */
export function plainError(error: unknown): unknown {
  const driver = driverError(error);
  if (driver && isUniqueViolation(driver)) return new UniqueViolation(driver.message);
  if (!(error instanceof Error) || !('params' in error)) return error;
  const { message } = error.cause as Error;
  return Object.assign(new Error(message), { name: 'QueryFailed', code: driver?.code });
}
