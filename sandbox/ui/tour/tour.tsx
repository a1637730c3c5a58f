/** Five steps through a practice incident: each waits for what really happens. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PartProps } from '../blocks/contract.ts';
import { Mrkdwn } from '../blocks/text/text.tsx';
import { cardFor } from './cards.ts';
import { keepTour } from './kept.ts';
import { stepNames } from './steps.ts';
import { useTour } from './use-tour.ts';

export function Tour({ page, close }: PartProps) {
  const tour = useTour(page);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const card = cardFor(page, tour, { busy, carry: (work) => void carry(work), leave });
  const { step, seen } = tour;
  const over = step === stepNames.length;

  async function carry(work: Promise<unknown>) {
    setBusy(true);
    setTrouble(undefined);
    try {
      await work;
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }

  function leave() {
    keepTour({ over: true });
    close();
  }

  return (
    <OnTop again={seen.views.length}>
      <section class={`tour ${seen.views.length > 0 ? 'tour-beside-form' : ''}`} aria-label="A practice incident">
        <header>
          <ol class="tour-steps" aria-label={`Step ${Math.min(step + 1, stepNames.length)} of ${stepNames.length}`}>
            {stepNames.map((name, index) => (
              <li key={name} class={index < step ? 'tour-done' : index === step ? 'tour-now' : ''}>
                {name}
              </li>
            ))}
          </ol>
        </header>
        <div aria-live="polite">
          <h2>{card.title}</h2>
          <Mrkdwn text={card.text} verbatim />
          {trouble && <p class="bk-error">{trouble}</p>}
        </div>
        <footer>
          <button type="button" class="bk-button" onClick={leave}>
            {over ? 'Close' : 'Skip the tour'}
          </button>
          {card.offer && (
            <button type="button" class="bk-button bk-primary" disabled={busy} onClick={card.offer.do}>
              {card.offer.label}
            </button>
          )}
        </footer>
      </section>
    </OnTop>
  );
}

/** Above forms too: the browser draws what was shown last on top. */
function OnTop({ again, children }: { again: number; children: ComponentChildren }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = requestAnimationFrame(() => {
      frame.current?.hidePopover();
      frame.current?.showPopover();
    });
    return () => cancelAnimationFrame(timer);
  }, [again]);
  return (
    <div ref={frame} popover="manual" class="tour-frame">
      {children}
    </div>
  );
}
