import type { Policy } from './policy.ts';
import { PolicyFile } from './policy.ts';
import type { Reader, Tx } from './store/store.ts';

/**
 * The policy an incident began under, by its version: kept in the database when a bot first boots with it, remembered here. `asHere`: as
 * this bot can carry it out, which is no part of what is kept.
 */
export function createPinnedPolicies(today: Policy, asHere: (policy: Policy) => Policy = (policy) => policy) {
  const known = new Map([[today.version, asHere(today)]]);
  return {
    /** Called at boot, so that no incident names a version that nobody can read. */
    keep(tx: Tx, at: Date) {
      const { postmortemTemplate: _, ...kept } = today;
      return tx.policies.keep(today.version, kept, at);
    },
    async of(tx: Reader, version: string): Promise<Policy> {
      const remembered = known.get(version);
      if (remembered) return remembered;
      const body = await tx.policies.load(version);
      if (!body) throw new Error(`the policy ${version} is not in the database`);
      const { version: _, ...file } = body as Omit<Policy, 'postmortemTemplate'>;
      const { postmortemTemplate } = today;
      const policy = asHere({ ...PolicyFile.parse(file), version, postmortemTemplate });
      known.set(version, policy);
      return policy;
    },
  };
}
