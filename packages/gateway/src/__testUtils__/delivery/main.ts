import { startTracing } from '@bailiwick/backstage-tracing';
import { join } from 'node:path';
import { aGrant, aTenant, basic, token } from '../objects';
import { findGrant } from '../../login';
import { ODataService } from '../ODataService';

// A gateway in front of real functions, for the benchmark of delivery. The only line of its output is its address, a
// token and the milliseconds of a login as JSON.

const folder = join(import.meta.dirname, '../../__fixtures__/delivery');
const authOverheadMs = measureLogin();
const tracing = await startTracing({
  service: 'bailiwick-gateway',
  warn: message => process.stderr.write(`${message}\n`),
});
const service = await ODataService.start(folder, {
  freshFor: 3_600_000,
  tracing,
});
process.stdout.write(
  `${JSON.stringify({
    root: service.root,
    runtime: service.runtime,
    token,
    authOverheadMs,
  })}\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => service.stop());

/** Mean time until the grant of a request with a token is found and checked, as for each call. */
function measureLogin(): number {
  const logins = 20_000;
  const grant = aGrant({ membership: 'user:default/tom' });
  const tenant = aTenant();
  const directory = {
    findTenant: () => tenant,
    grantsByHash: (hash: string) =>
      hash === grant.spec.tokenHash ? [grant] : [],
    grantsOf: () => [grant],
  };
  const target = { tenant: 'desk', environment: 'prod', app: 'feed' };
  const login = () =>
    findGrant(
      {
        headers: { authorization: basic(token) },
        url: '/v1/desk/prod/feed/small',
        ip: '127.0.0.1',
      },
      target,
      directory,
    );
  for (let i = 0; i < logins; i += 1) login();
  const started = performance.now();
  for (let i = 0; i < logins; i += 1) login();
  return (performance.now() - started) / logins;
}
