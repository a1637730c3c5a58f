/** A line of the world that can be on: what it is called, what it does, and its switch. */

export function Words({ name, what }: { name: string; what: string }) {
  return (
    <div class="world-words">
      <b>{name}</b>
      <span class="soft">{what}</span>
    </div>
  );
}

export function Switch({ name, on, turn }: { name: string; on: boolean; turn(on: boolean): void }) {
  return (
    <button
      type="button"
      role="switch"
      class="world-switch"
      aria-checked={on}
      aria-label={name}
      onClick={() => turn(!on)}
    >
      <i />
    </button>
  );
}

type LineProps = { name: string; what: string; on: boolean; turn(on: boolean): void };

export function SwitchLine({ name, what, on, turn }: LineProps) {
  return (
    <div class={`world-line ${on ? 'world-on' : ''}`}>
      <Words name={name} what={what} />
      <Switch name={name} on={on} turn={turn} />
    </div>
  );
}
