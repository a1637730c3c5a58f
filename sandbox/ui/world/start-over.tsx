import type { Page } from '../blocks/contract.ts';
import { useConfirm } from '../blocks/elements/confirm.tsx';

const question = {
  title: { type: 'plain_text', text: 'Start over?' },
  text: {
    type: 'plain_text',
    text: 'Every channel, message and incident is deleted, the clock and the weather are as on the first day, and the bot begins with an empty database.',
  },
  confirm: { type: 'plain_text', text: 'Start over' },
  deny: { type: 'plain_text', text: 'Keep it' },
  style: 'danger',
};

export function StartOver({ page, doing }: { page: Page; doing(work: Promise<unknown>): void }) {
  const [ask, dialog] = useConfirm();
  const start = async () => {
    await page.ask('POST', '/start-over', {});
    page.toast('Everything is new.');
  };
  return (
    <section class="world-part" aria-labelledby="world-over">
      <div class="world-line">
        <div class="world-words">
          <b id="world-over">Start over</b>
          <span class="soft">An empty workspace, as on the first day.</span>
        </div>
        <button type="button" class="bk-button bk-danger" onClick={() => ask(question, () => doing(start()))}>
          Start over
        </button>
      </div>
      {dialog}
    </section>
  );
}
