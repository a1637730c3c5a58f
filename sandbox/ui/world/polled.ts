import { useEffect, useRef, useState } from 'preact/hooks';

/** Asks again and again while it is shown, knowing what it heard before; `again` asks at once. */
export function usePolled<T>(ask: (before: T) => Promise<T>, everyMs: number, start: T): [T, () => Promise<void>] {
  const [value, setValue] = useState(start);
  const heard = useRef(start);
  const gone = useRef(false);

  async function again() {
    try {
      heard.current = await ask(heard.current);
      if (!gone.current) setValue(heard.current);
    } catch {
      // The page says by itself that the sandbox is away, and the next round asks again.
    }
  }

  useEffect(() => {
    gone.current = false;
    let timer: ReturnType<typeof setTimeout>;
    const round = async () => {
      await again();
      if (!gone.current) timer = setTimeout(() => void round(), everyMs);
    };
    void round();
    return () => {
      gone.current = true;
      clearTimeout(timer);
    };
  }, []);

  return [value, again];
}
