/** What a bad night does to one request, whoever's API it is. */
import type { ServerResponse } from 'node:http';
import type { Clock } from './clock.ts';
import { hangUp } from './http.ts';
import type { CallFault } from './wire.ts';

type Struck<Answer> = {
  fault: CallFault | undefined;
  response: ServerResponse;
  clock: Clock;
  /** when the request came, epoch ms on the sandbox clock */
  arrived: number;
  run(): Promise<Answer>;
  /** 429, with the seconds to wait */
  limited(seconds: number): Answer;
  /** the server itself failed */
  broken(fault: CallFault): Answer;
  /** it is refused with the error of the fault */
  refused(fault: CallFault): Answer;
};

/** On the sandbox clock it lands before whoever follows that clock hears that it was wound. */
function land(request: () => void, clock: Clock, { ms = 1000, clockMs }: CallFault, arrived: number) {
  if (clockMs === undefined) setTimeout(request, ms);
  else clock.schedule(arrived + clockMs, request);
}

/** The answer to send, or nothing when the connection is gone or stays silent. */
export async function struck<Answer>(request: Struck<Answer>): Promise<Answer | undefined> {
  const { fault, response, clock, arrived, run } = request;
  switch (fault?.kind) {
    case 'ratelimit':
      return request.limited(fault.retryAfter ?? 1);
    case 'error-before':
      return request.broken(fault);
    case 'api-error':
      return request.refused(fault);
    case 'error-after':
      await run();
      return request.broken(fault);
    case 'lost-reply':
      await run();
      hangUp(response);
      return undefined;
    case 'lost-request':
      hangUp(response);
      return undefined;
    case 'late':
      hangUp(response);
      land(() => void run(), clock, fault, arrived);
      return undefined;
    case 'hang':
      return undefined;
    default:
      return run();
  }
}
