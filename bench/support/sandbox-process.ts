/** The sandbox as a process of its own; says where it is. The argument is the latency of every Web API call in milliseconds. */
import { createSandbox } from '../../sandbox/server.ts';

const sandbox = await createSandbox({ limits: 'off', latencyMs: Number(process.argv[2] ?? 0) });
const { url, apiUrl, clockUrl, botToken, appToken } = sandbox;
console.log(JSON.stringify({ url, apiUrl, clockUrl, botToken, appToken }));
