import type { StackState } from '@bailiwick/backstage-cli';
import { setTimeout as pause } from 'node:timers/promises';
import { basicLogin } from '../demo/calls';
import { demoApp, demoTenant } from '../demo/playMainPath';
import { signIn } from '../portal/signIn';

const environment = 'dev';
/** Mean pause between requests, and the period in which it changes. */
const pauseMs = 400;
const waveMs = 240_000;
/** One of so many requests has a parameter that is wrong. */
const wrongOneOf = 12;

/**
 * Reads the app of the demo, more often at some times than at others, and now and then with an invalid parameter.
 *
 * @param report - hears once a minute how many requests there were
 * @throws Error when the gateway does not respond
 */
export async function readUnevenly(
  { addresses }: StackState,
  ms: number,
  report: (line: string) => void,
): Promise<void> {
  const bea = await signIn(addresses.portal, 'bea');
  const { grant, token } = await bea.client.createGrant(demoTenant, demoApp, {
    client: 'api',
    environment,
    days: 1,
  });
  const headers = { authorization: basicLogin('bea', token) };
  const address = `${addresses.gateway}/v1/${demoTenant}/${environment}/${demoApp}/prices`;
  const began = Date.now();
  let minute = 0;
  for (let count = 1; Date.now() - began < ms; count += 1) {
    const wrong = count % wrongOneOf === 0 ? '&until=soon' : '';
    const response = await fetch(`${address}?symbols=AAPL${wrong}`, {
      headers,
    });
    await response.text();
    const elapsed = Date.now() - began;
    if (elapsed > (minute + 1) * 60_000) {
      minute += 1;
      report(`${count} requests in ${minute} min`);
    }
    const wave = 1 + 0.8 * Math.sin((2 * Math.PI * elapsed) / waveMs);
    await pause(pauseMs * wave);
  }
  await bea.client.revokeGrant(demoTenant, demoApp, grant.metadata.name);
}
