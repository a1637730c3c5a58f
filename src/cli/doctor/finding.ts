/** One line of what the doctor says. A problem keeps the bot from its work; a warning takes something away from it. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem';
  says: string;
  /** What to do about it. */
  fix?: string;
}

export const ok = (says: string): Finding => ({ level: 'ok', says });
export const warning = (says: string, fix: string): Finding => ({ level: 'warning', says, fix });
export const problem = (says: string, fix: string): Finding => ({ level: 'problem', says, fix });

export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
