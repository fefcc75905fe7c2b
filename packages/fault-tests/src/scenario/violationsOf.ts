import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { pause, type FaultBench } from '@bailiwick/backstage-testing/world';
import {
  boundedRate,
  honestStatus,
  noSecrets,
  oneWriter,
  readMovingWorld,
  readWorld,
  type RateLimits,
  type Violation,
} from '@bailiwick/backstage-testing/oracles';

/** Maximum request rates of an operator with some fifty apps, in any situation. */
export const usualLimits: RateLimits = {
  total: 400,
  perCall: 200,
  perObject: 30,
};

/** Checks O5 to O8 for everything that happened on a bench, which must be at rest. */
export async function violationsOf(
  bench: FaultBench,
  limits = usualLimits,
): Promise<Violation[]> {
  await bench.operatorReady();
  const honest = await untilHonest(bench);
  return [
    ...honest,
    ...oneWriter(bench.proxy.passages),
    ...boundedRate(bench.proxy.passages, limits),
    ...(await noSecretsOf(bench)),
  ];
}

/**
 * Checks O5 as soon as statuses had the time to become true.
 *
 * @throws Error when they could not be read even once
 */
export async function untilHonest(
  { admin }: Pick<FaultBench, 'admin'>,
  seconds = 40,
): Promise<Violation[]> {
  let looks = 0;
  let violations: Violation[] = [];
  const isHonest = async () => {
    violations = honestStatus(await readWorld(admin));
    looks += 1;
    return violations.length === 0;
  };
  try {
    await eventually('Statuses are honest', isHonest, seconds);
  } catch (error) {
    if (looks === 0) throw error;
  }
  return violations;
}

/**
 * Checks O5 repeatedly during changes; returns a function that stops and returns the violations. Reports if nothing was
 * ever read, because nothing was judged then.
 */
export function watchHonesty(
  { admin }: Pick<FaultBench, 'admin'>,
  pauseMs = 500,
): () => Promise<Violation[]> {
  const found = new Set<Violation>();
  let looks = 0;
  let why = '';
  let isOver = false;
  const look = async () => {
    const world = await readMovingWorld(admin).catch(({ message }: Error) => {
      why = message;
    });
    if (!world) return;
    looks += 1;
    for (const one of honestStatus(world, false)) found.add(one);
  };
  const watching = (async () => {
    while (!isOver) {
      await look();
      await pause(pauseMs);
    }
  })();
  // Told to the one who stops it.
  watching.catch(() => {});
  return async () => {
    isOver = true;
    await watching;
    return looks > 0 ? [...found] : [`O5: no status was looked at: ${why}`];
  };
}

/** O8 for tokens of the operators and code of the apps. */
export async function noSecretsOf(bench: FaultBench): Promise<Violation[]> {
  const { admin, log, operators, proxy } = bench;
  const code = Buffer.from('code of ').toString('base64');
  const said = [...log, ...operators.flatMap(operator => operator.log)];
  const events = await admin.resource(coreKinds.events).list();
  return noSecrets([code, ...proxy.tokens], said, events);
}
