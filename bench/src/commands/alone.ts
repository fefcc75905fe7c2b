import {
  create,
  noisyTenant,
  steadyCalls,
  takeover,
  withSubject,
  type Ground,
} from '../measure';
import { ours } from '../operators';
import { removeApps } from '../scenario';
import { rounded } from '../statistics';

/** What is asked of our operator alone. */
export interface Alone {
  steadyApiCalls: number;
  takeoverSeconds: number;
  noisyTenantP99Ratio: number;
  noisyTenant: Record<string, number>;
}

/** Measures what has nothing to be compared with: rest, succession, and peace between tenants. */
export async function alone(ground: Ground): Promise<Alone> {
  const { cluster, population, say } = ground;
  say('Ours alone');
  const result = await withSubject(ground, await ours('app'), async subject => {
    await create(subject);
    const steadyApiCalls = await steadyCalls(subject);
    say(`  ${steadyApiCalls} calls in 30 s of rest`);
    const { quiet, noisy, perSecond } = await noisyTenant(subject);
    say(
      `  another tenant's edits: p99 ${rounded(quiet.p99)} ms, beside ${rounded(
        perSecond,
      )} edits/s ${rounded(noisy.p99)} ms`,
    );
    return {
      steadyApiCalls,
      noisyTenantP99Ratio: rounded(noisy.p99 / quiet.p99),
      noisyTenant: {
        quietP50Ms: rounded(quiet.p50),
        quietP99Ms: rounded(quiet.p99),
        noisyP50Ms: rounded(noisy.p50),
        noisyP99Ms: rounded(noisy.p99),
        editsPerSecond: rounded(perSecond),
      },
    };
  });
  const takeoverSeconds = rounded(await takeover(ground));
  say(`  takeover in ${takeoverSeconds} s`);
  await removeApps(cluster.admin, population);
  return { ...result, takeoverSeconds };
}
