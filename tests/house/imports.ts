/** What a source file imports, read off its text. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

export interface Source {
  /** From the root of the repository: `src/incident/decide.ts`. */
  file: string;
  text: string;
}

export interface Import {
  file: string;
  /** A file from the root of the repository, or a package: `src/policy.ts`, `zod`, `node:fs`. */
  from: string;
  /** Gone before the program runs. */
  typeOnly: boolean;
}

const statement = /^\s*(?:import|export)\s+(?:(type)\s+)?(?:[^'";]*?\bfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

export function importsOf({ file, text }: Source): Import[] {
  return [...text.matchAll(statement)].map(([, type, from = '', dynamic]) => ({
    file,
    from: resolved(file, dynamic ?? from),
    typeOnly: type !== undefined,
  }));
}

/** `drizzle-orm/pg-core` is `drizzle-orm`, `@slack/bolt` is itself. */
function resolved(file: string, from: string): string {
  if (from.startsWith('.')) return join(dirname(file), from);
  if (from.startsWith('node:')) return from;
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');

/** Every source file in these folders. */
export function sourcesIn(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name))
      .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  );
}
