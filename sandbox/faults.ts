/** Bad nights on demand: rules that match calls or events, drawn from one seeded generator. */
import type { CallFault, EventFault, FaultRule, WorkspaceFault } from './wire.ts';

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

export type Faults = ReturnType<typeof createFaults>;

export function createFaults(random: () => number) {
  let count = 0;
  let outage = false;
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
      outage = false;
    },
    isOut: () => outage,
    setOutage(on: boolean) {
      outage = on;
    },
    /** Latency adds up; of the other kinds the first that strikes is the one. */
    forCall(method: string, channels: (string | undefined)[]): { wait: number; fault?: CallFault } {
      let wait = 0;
      for (const rule of [...rules.values()]) {
        if (!isCallFault(rule)) continue;
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
          isEventFault(rule) && (!rule.type || rule.type === type) && strikes(rule),
      );
    },
    allowsTwins: () => [...rules.values()].some((rule) => isWorkspaceFault(rule) && strikes(rule)),
  };
}
