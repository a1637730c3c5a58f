import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Whether this process is the only sandbox on a folder: two would write over each other's workspace. The name that is held is in
 * Linux's abstract namespace, which the kernel frees however a process ends; elsewhere nothing is held. https://man7.org/linux/man-pages/man7/unix.7.html
 */
export async function isOnlyOneOn(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  const holder = createServer().listen({ path: `\0tocsin-sandbox-${name}` });
  holder.unref();
  // `once` rejects when an error comes first: somebody holds the name.
  return once(holder, 'listening').then(
    () => true,
    () => false,
  );
}
