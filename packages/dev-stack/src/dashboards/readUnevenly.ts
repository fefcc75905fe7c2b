import type { StackState } from '@bailiwick/backstage-cli';
import { setTimeout as pause } from 'node:timers/promises';
import { basicLogin } from '../demo/calls';
import { expectStatus } from '../demo/expect';
import { demoApp, demoTenant } from '../demo/playMainPath';
import { renewalMs } from '../demo/playTenantLife';
import { signIn } from '../portal/signIn';

const environment = 'dev';
/** Mean pause between requests, and the period in which it changes. */
const pauseMs = 400;
const waveMs = 240_000;
/** One of so many requests has a parameter that is wrong: for the function, which must reject it. */
const wrongOneOf = 12;

/**
 * Reads the app of the demo, more often at some times than at others, and now and then with an invalid parameter. Renews
 * its tenant once a minute, so that controllers have something to do.
 *
 * @param report - hears once a minute how many requests there were
 * @throws Error when the gateway responds otherwise than expected
 */
export async function readUnevenly(
  { addresses }: StackState,
  ms: number,
  report: (line: string) => void,
): Promise<void> {
  const bea = await signIn(addresses.portal, 'bea');
  const rita = await signIn(addresses.portal, 'rita');
  const { grant, token } = await bea.client.createGrant(demoTenant, demoApp, {
    client: 'api',
    environment,
    days: 1,
  });
  const headers = { authorization: basicLogin('bea', token) };
  const address = `${addresses.gateway}/v1/${demoTenant}/${environment}/${demoApp}/prices`;
  const read = async (isWrong: boolean) => {
    const symbols = isWrong ? 'NONE' : 'AAPL';
    const response = await fetch(`${address}?symbols=${symbols}`, { headers });
    await expectStatus(response, isWrong ? 400 : 200);
    await response.text();
  };
  const renew = () =>
    rita.client.requestChange(demoTenant, {
      action: 'renew',
      proposed: { expiresAt: new Date(Date.now() + renewalMs).toISOString() },
      reason: 'The project continues.',
    });
  const began = Date.now();
  let minute = 0;
  try {
    for (let count = 1; Date.now() - began < ms; count += 1) {
      await read(count % wrongOneOf === 0);
      const elapsed = Date.now() - began;
      if (elapsed > (minute + 1) * 60_000) {
        minute += 1;
        await renew();
        report(`${count} requests in ${minute} min`);
      }
      const wave = 1 + 0.8 * Math.sin((2 * Math.PI * elapsed) / waveMs);
      await pause(pauseMs * wave);
    }
  } finally {
    await bea.client.revokeGrant(demoTenant, demoApp, grant.metadata.name);
  }
}
