/** An incident that begins in PagerDuty, as when a monitor or a person there opens one. */
import { useState } from 'preact/hooks';
import type { PartProps } from './panel.tsx';

export function OpenOne({ pager, act }: PartProps) {
  const [title, setTitle] = useState('');
  const [service, setService] = useState('');
  const services = pager.services.filter(({ deleted }) => !deleted);
  const chosen = services.some(({ id }) => id === service) ? service : (services[0]?.id ?? '');

  function open(event: Event) {
    event.preventDefault();
    if (title.trim() === '') return;
    act({ do: 'open', service: chosen, title: title.trim() });
    setTitle('');
  }

  return (
    <form class="pager-open" onSubmit={open}>
      <input
        class="bk-input"
        placeholder="What is wrong?"
        aria-label="Title of a new incident"
        value={title}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      <select
        class="world-select"
        aria-label="Service of a new incident"
        value={chosen}
        onChange={(event) => setService(event.currentTarget.value)}
      >
        {services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" class="bk-button" disabled={title.trim() === ''}>
        Open
      </button>
    </form>
  );
}
