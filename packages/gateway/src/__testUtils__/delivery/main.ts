import { join } from 'node:path';
import { ODataService } from '../ODataService';
import { token } from '../objects';

// A gateway in front of real functions, for the benchmark of delivery. The only line of its output is its address and a
// token as JSON.

const folder = join(import.meta.dirname, '../../__fixtures__/delivery');
const service = await ODataService.start(folder, { freshFor: 3_600_000 });
process.stdout.write(
  `${JSON.stringify({
    root: service.root,
    runtime: service.runtime,
    token,
  })}\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => service.stop());
