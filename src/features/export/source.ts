import { namesOf } from '../../slack/names.ts';
import { type Outside, permalink } from '../../slack/outside.ts';
import type { Source } from './files.ts';

type Given = Pick<Outside, 'store' | 'people' | 'policy' | 'identity' | 'now' | 'exports'>;

/** What exports are made from while the bot runs. */
export function sourceOf({ store, people, policy, identity, now, exports }: Given, imagesBeside: boolean): Source {
  return {
    store,
    policy,
    now: now(),
    names: (ids) => namesOf(people, ids),
    link: (place) => permalink(identity(), place),
    browser: exports?.browser,
    imagesBeside,
  };
}
