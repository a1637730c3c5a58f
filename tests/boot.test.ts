import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { botFlags } from '../scripts/bot-flags.ts';
import { buildCopy, type Copy } from './faults/support/bundle.ts';

let copy: Copy;
let bundle: string;
let compiled: string;
beforeAll(async () => {
  copy = await buildCopy();
  const dist = join(copy.folder, 'dist');
  bundle = join(dist, readdirSync(dist).find((file) => file.endsWith('.cjs')) ?? '');
  compiled = `${bundle}.compiled`;
}, 60_000);
afterAll(async () => copy[Symbol.asyncDispose]());

/** What the bot says of an empty environment, and how it ends. */
function start(flags = botFlags) {
  const { status, stderr } = spawnSync(process.execPath, [...flags, copy.bot], { env: {}, encoding: 'utf8' });
  return { status, stderr };
}

const without = { status: 1, stderr: expect.stringMatching(/^Tocsin cannot start\.\nSLACK_BOT_TOKEN/) };

it('takes what was compiled at the build, with the Node and the flags that the bot is started with', () => {
  const program = `
    const kept = require('node:fs').readFileSync(process.argv[1] + '.compiled');
    const source = require('node:fs').readFileSync(process.argv[1], 'utf8');
    const script = new (require('node:vm').Script)(source, { cachedData: kept.subarray(0, -4) });
    console.log(script.cachedDataRejected);
  `;
  const taken = (flags: string[]) =>
    spawnSync(process.execPath, [...flags, '-e', program, bundle], { encoding: 'utf8' }).stdout.trim();
  expect(taken(botFlags)).toBe('false');
  expect(taken([...botFlags, '--no-opt'])).toBe('true');
});

it('passes over what was compiled where it is damaged or missing', () => {
  const whole = readFileSync(compiled);
  expect(start()).toEqual(without);
  const damaged = Buffer.from(whole);
  damaged.fill(0, whole.length / 2, whole.length / 2 + 4096);
  for (const kept of [damaged, whole.subarray(0, whole.length / 2), Buffer.alloc(3), Buffer.alloc(whole.length)]) {
    writeFileSync(compiled, kept);
    expect(start()).toEqual(without);
  }
  rmSync(compiled);
  expect(start()).toEqual(without);
});

it('starts as well where places in the sources are asked for', () => {
  expect(start(['--enable-source-maps'])).toEqual(without);
});
