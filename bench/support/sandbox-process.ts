/**
 * The sandbox as a process of its own; says where it is. The arguments are the latency of every Web API call in milliseconds, and
 * whether Slack's rate limits are `real` or `off`.
 */
import { createSandbox } from '../../sandbox/server.ts';

const sandbox = await createSandbox({
  limits: process.argv[3] === 'real' ? 'real' : 'off',
  latencyMs: Number(process.argv[2] ?? 0),
});
const { url, apiUrl, clockUrl, botToken, appToken, pagerDuty } = sandbox;
console.log(JSON.stringify({ url, apiUrl, clockUrl, botToken, appToken, pagerDuty }));
