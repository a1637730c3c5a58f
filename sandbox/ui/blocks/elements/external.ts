/** Options that the app is asked for while somebody types. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Placing } from './field.ts';
import type { Option } from './option.ts';

/** Slack asks once the typing rests. */
const restMs = 250;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const fewestLetters = 3;

export function useExternal({ element, actionId, blockId, surface }: Placing) {
  const [options, setOptions] = useState<Option[]>([]);
  const [note, setNote] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  const fewest = Number(element.min_query_length ?? fewestLetters);

  useEffect(() => () => clearTimeout(timer.current), []);

  async function load(typed: string) {
    asked.current += 1;
    const mine = asked.current;
    const isMine = () => mine === asked.current;
    try {
      const found = (await surface.options?.(actionId || blockId, typed)) ?? [];
      if (!isMine()) return;
      setOptions(found.map(({ text, value }) => ({ label: text, value })));
      setNote(undefined);
    } catch {
      // The person is told; the traffic inspector has the reason.
      if (isMine()) setNote('The app did not say what there is. Try again.');
    }
  }

  function onType(typed: string) {
    clearTimeout(timer.current);
    asked.current += 1;
    setOptions([]);
    const missing = fewest - typed.trim().length;
    if (missing > 0)
      return setNote(`Type ${missing === fewest ? '' : 'another '}${missing} letter${missing > 1 ? 's' : ''} or more.`);
    setNote('Loading…');
    timer.current = setTimeout(() => void load(typed), typed === '' ? 0 : restMs);
  }

  return { options, note, onType };
}
