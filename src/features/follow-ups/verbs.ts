/** What follow-ups begin with, in the imperative. */
const imperatives =
  `add adjust agree alert align allow amend announce archive arrange ask assign audit automate back batch block book build bump buy
  cache call cap catch change check choose clean clear close collect compare configure confirm connect copy correct count cover create cut
  decide decommission decouple decrease define delay delete deploy deprecate describe design detect disable discuss distribute document
  double draft drain drill drop encrypt enable enforce ensure escalate evaluate exclude expand explain export expose extend extract fail
  filter find finish fix flag force format freeze gate generate give get group guard handle harden hide hold identify implement import
  improve include increase index inform install instrument integrate introduce investigate isolate keep label learn let limit lint list load
  lock log look lower make map mark measure merge migrate mirror mock monitor mount move mute name notify offer open optimise optimize order
  organise organize own page parse pass patch pause pin plan port prepare prevent print prioritise prioritize probe profile promote protect
  provision prune publish pull purge push put quarantine raise randomise randomize rate read rebalance rebuild record recreate redesign redirect
  reduce refactor refresh refuse reject release reload remind remove rename renew reorder repair repeat replace replay replicate report
  require reserve reset resize resolve restart restore restrict retire retry return reuse revert review revise revisit revoke rewrite roll
  rotate route run sample save scale scan schedule script secure send separate serve set shard share shed shorten show shrink simplify
  simulate size skip slow smoke snapshot sort spell split stage stagger standardise standardize start stop store stress strip subscribe
  surface swap switch sync tag take talk teach tell terminate test throttle tidy time timeout track train translate trigger trim try tune
  turn unblock unify update upgrade use validate verify version visualise visualize wait warm warn watch widen wire wrap write`.split(
    /\s+/,
  );

const verbs = new Set(imperatives);

export const isVerb = (word: string): boolean => verbs.has(word.toLowerCase());

/** `adding` → `add`, `logging` → `log`, `scaling` → `scale`; undefined where it is no such form. */
export function imperativeOf(gerund: string): string | undefined {
  const stem = /^(\p{L}{2,})ing$/u.exec(gerund.toLowerCase())?.[1];
  if (!stem) return undefined;
  return [stem, `${stem}e`, stem.slice(0, -1)].find(isVerb);
}
