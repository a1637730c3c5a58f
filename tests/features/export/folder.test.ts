import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeInto } from '../../../src/features/export/folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });

describe('a file of an export', () => {
  it('is the operator’s alone to read, and what stood there before is replaced', async () => {
    const kept = join(folder, 'kept');
    await writeInto(kept, [file('a.md', 'one'), file('a-images/F1.png', 'picture')]);
    await writeInto(kept, [file('a.md', 'two')]);
    expect(readdirSync(kept, { recursive: true }).toSorted()).toEqual(['a-images', 'a-images/F1.png', 'a.md']);
    expect(readFileSync(join(kept, 'a.md'), 'utf8')).toBe('two');
    expect([statSync(kept).mode & 0o777, statSync(join(kept, 'a.md')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it.each(['../a.md', 'x/../../a.md', '/../a.md', '.', ''])('called %p leads nowhere else', async (name) => {
    await expect(writeInto(join(folder, 'kept'), [file(name, 'x')])).rejects.toThrow();
    expect(readdirSync(folder).filter((one) => one !== 'kept')).toEqual([]);
  });

  it('does not write through a link that somebody put in its place', async () => {
    writeFileSync(join(folder, 'elsewhere'), 'theirs');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'a.md'));
    await writeInto(folder, [file('a.md', 'ours')]);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('theirs');
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('ours');
  });

  it('that there is no room for leaves the old one whole, and nothing beside it', async () => {
    await writeInto(folder, [file('a.md', 'old')]);
    // No file of this process may be larger than a few blocks, as on a disk that is full.
    const program = `
      const { writeInto } = await import(${JSON.stringify(join(process.cwd(), 'src/features/export/folder.ts'))});
      await writeInto(${JSON.stringify(folder)}, [{ name: 'a.md', bytes: Buffer.alloc(1_000_000) }]).catch(({ code }) => console.log(code));`;
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 16; exec "$0" --input-type=module -e "$1"', process.execPath, program],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      },
    );
    expect(stdout).toBe('EFBIG\n');
    expect(readdirSync(folder)).toEqual(['a.md']);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('old');
  });
});
