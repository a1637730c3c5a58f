import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { ExportFile } from './files.ts';

/**
 * Writes files into a folder, each whole or not at all: whoever looks meanwhile sees the old one or the new one. Gives where they
 * are. Only the operator's user can read them.
 */
export async function writeInto(folder: string, files: readonly ExportFile[]): Promise<string[]> {
  const written: string[] = [];
  for (const { name, bytes } of files) {
    const path = inside(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const partial = `${path}.partial-${process.pid}`;
    try {
      const file = await open(partial, 'w', 0o600);
      await file.writeFile(bytes);
      await file.sync();
      await file.close();
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
    written.push(path);
  }
  return written;
}

function inside(folder: string, name: string): string {
  const path = resolve(join(folder, name));
  if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${name} would be outside of ${folder}`);
  return path;
}
