import {
  StarvedError,
  create,
  noisyTenant,
  quiet,
  steadyCalls,
  takeover,
  withSubject,
  type Ground,
  type Disturbance,
} from '../measure';
import { ours, twin } from '../operators';
import { removeApps } from '../scenario';
import { rounded } from '../statistics';

/** Figures that are measured once, outside the rounds. */
export interface Alone {
  steadyApiCalls: number;
  takeoverSeconds: number;
  noisyTenantP99Ratio: number;
  /** The twin's are missing when edits came to nothing beside the noise. */
  noisyTenant: { ours: Figures; twin?: Figures };
}

type Figures = Record<string, number>;

/** Measures rest and succession, and peace between tenants, which the twin is asked for, too. */
export async function alone(ground: Ground): Promise<Alone> {
  const { cluster, population, say } = ground;
  say('Ours alone');
  const own = await withSubject(ground, await ours('app'), async subject => {
    await create(subject);
    const steadyApiCalls = await steadyCalls(subject);
    say(`  ${steadyApiCalls} calls in 30 s of rest`);
    return {
      steadyApiCalls,
      noise: figuresOf(await noisyTenant(subject), say),
    };
  });
  const takeoverSeconds = rounded(await takeover(ground));
  say(`  takeover in ${takeoverSeconds} s`);
  say('The twin beside a noisy tenant');
  const other = await withSubject(ground, await twin(), async subject => {
    await quiet(cluster);
    try {
      return figuresOf(await noisyTenant(subject), say);
    } catch (error) {
      if (!(error instanceof StarvedError)) throw error;
      say(`  ${error.message}`);
      return undefined;
    }
  });
  await removeApps(cluster.admin, population);
  return {
    steadyApiCalls: own.steadyApiCalls,
    takeoverSeconds,
    noisyTenantP99Ratio: own.noise.p99Ratio,
    noisyTenant: { ours: own.noise, twin: other },
  };
}

function figuresOf(
  { quiet: before, noisy, perSecond }: Disturbance,
  say: (text: string) => void,
): Figures {
  say(
    `  another tenant's edits: p99 ${rounded(before.p99)} ms, beside ${rounded(
      perSecond,
    )} edits/s ${rounded(noisy.p99)} ms`,
  );
  return {
    p99Ratio: rounded(noisy.p99 / before.p99),
    p99SinceCommitRatio: rounded(noisy.p99SinceCommit / before.p99SinceCommit),
    quietP50Ms: rounded(before.p50),
    quietP99Ms: rounded(before.p99),
    noisyP50Ms: rounded(noisy.p50),
    noisyP99Ms: rounded(noisy.p99),
    editsPerSecond: rounded(perSecond),
  };
}
