/** Bad nights on demand: rules that match calls or events, drawn from one seeded generator. */
import type { CallFault, EventFault, FaultRule, OutageOf, WorkspaceFault } from './wire.ts';

type Kept = FaultRule & { id: string };

const eventKinds = ['event-duplicate', 'event-drop', 'event-reorder', 'event-late'];

const isEventFault = (rule: FaultRule): rule is EventFault => eventKinds.includes(rule.kind);
const isWorkspaceFault = (rule: FaultRule): rule is WorkspaceFault => rule.kind === 'twin-channels';
const isCallFault = (rule: FaultRule): rule is CallFault => !isEventFault(rule) && !isWorkspaceFault(rule);

function globMatches(glob: string, name: string): boolean {
  if (!glob.includes('*')) return glob === name;
  const escaped = glob.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(name);
}

/** PagerDuty's are named so, and struck only by rules that name them: another company's bad night is not Slack's. */
const isOfPagerDuty = (name: string) => name.startsWith('pagerduty.');

export type Faults = ReturnType<typeof createFaults>;

export function createFaults(random: () => number) {
  let count = 0;
  const outages = new Set<OutageOf>();
  const rules = new Map<string, Kept>();

  /** A rule that matched is used up by one, unless the dice say it sleeps this time. */
  function strikes(rule: Kept): boolean {
    if (rule.probability !== undefined && random() >= rule.probability) return false;
    if (rule.times === undefined) return true;
    rule.times -= 1;
    if (rule.times <= 0) rules.delete(rule.id);
    return true;
  }

  return {
    add(rule: FaultRule): string {
      count += 1;
      const id = rule.id ?? `fault-${count}`;
      rules.set(id, { ...rule, id });
      return id;
    },
    remove: (id: string) => rules.delete(id),
    list: () => [...rules.values()],
    clear() {
      rules.clear();
      outages.clear();
    },
    isOut: (of: OutageOf = 'slack') => outages.has(of),
    setOutage(on: boolean, of: OutageOf = 'slack') {
      if (on) outages.add(of);
      else outages.delete(of);
    },
    /** Latency adds up; of the other kinds the first that strikes is the one. */
    forCall(method: string, channels: (string | undefined)[]): { wait: number; fault?: CallFault } {
      let wait = 0;
      for (const rule of [...rules.values()]) {
        if (!isCallFault(rule)) continue;
        if (isOfPagerDuty(method) !== isOfPagerDuty(rule.method ?? '')) continue;
        if (!globMatches(rule.method ?? '*', method)) continue;
        if (rule.channel && !channels.includes(rule.channel.replace(/^#/, ''))) continue;
        if (!strikes(rule)) continue;
        if (rule.kind !== 'latency') return { wait, fault: rule };
        wait += rule.ms ?? 1000;
      }
      return { wait };
    },
    forEvent(type: string): EventFault | undefined {
      return [...rules.values()].find(
        (rule): rule is EventFault & { id: string } =>
          isEventFault(rule) &&
          isOfPagerDuty(type) === isOfPagerDuty(rule.type ?? '') &&
          globMatches(rule.type ?? '*', type) &&
          strikes(rule),
      );
    },
    allowsTwins: () => [...rules.values()].some((rule) => isWorkspaceFault(rule) && strikes(rule)),
  };
}
