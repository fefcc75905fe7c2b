import { aGrant, token } from '../objects';
import { PushService } from '../PushService';

// A gateway in front of real streams, for the benchmark of push. The only line of its output is its address and a token
// as JSON.

const service = await PushService.start();
service.grants = [aGrant({ allowsQuery: true })];
const { root, runtime } = service;
process.stdout.write(`${JSON.stringify({ root, runtime, token })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => service.stop());
