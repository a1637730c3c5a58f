/** What of PagerDuty is down, each by itself. */
import { SwitchLine, Words } from '../switch.tsx';
import type { PartProps } from './panel.tsx';
import { PagerWeather } from './weather.tsx';

export function OutagePart({ page, pager, set }: PartProps) {
  const { outages, tokenRevoked, subscriptions, waiting } = pager;
  const turn = (of: string) => (on: boolean) => set('/faults/outage', { on, of });
  const rests = subscriptions.some(({ disabledUntil }) => disabledUntil !== null && disabledUntil > page.now());
  return (
    <section class="world-part" aria-labelledby="pager-weather">
      <h3 id="pager-weather">PagerDuty’s weather</h3>
      <SwitchLine
        name="Events are down"
        what="No alert is taken: pages by key fail."
        on={outages.events}
        turn={turn('pagerduty.events')}
      />
      <SwitchLine
        name="The REST API is down"
        what="Nobody can be looked up, acknowledged or paged by name."
        on={outages.rest}
        turn={turn('pagerduty.rest')}
      />
      <SwitchLine
        name="Webhooks are down"
        what={`What happens here reaches the bot later. ${waiting} ${waiting === 1 ? 'waits' : 'wait'}.`}
        on={outages.webhooks}
        turn={turn('pagerduty.webhooks')}
      />
      <SwitchLine
        name="The token is revoked"
        what="Every call of the REST API is refused."
        on={tokenRevoked}
        turn={(revoked) => set('/pagerduty/token', { revoked })}
      />
      <PagerWeather page={page} set={set} />
      <div class="world-line">
        <Words
          name="Webhooks"
          what={rests ? 'The bot refused three, so they rest for a day.' : whereTo(subscriptions.length)}
        />
        <button
          type="button"
          class="bk-button"
          disabled={subscriptions.length === 0}
          onClick={() => set(rests ? '/pagerduty/webhooks/enable' : '/pagerduty/webhooks/ping', {})}
        >
          {rests ? 'Send again' : 'Send a test'}
        </button>
      </div>
    </section>
  );
}

const whereTo = (count: number) => (count === 0 ? 'Nobody has subscribed.' : 'The bot is told of all that happens.');
