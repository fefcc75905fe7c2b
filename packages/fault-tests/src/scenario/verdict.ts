import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-test-cluster';
import { pause, type FaultBench } from '../FaultBench';
import {
  boundedRate,
  honestStatus,
  noSecrets,
  oneWriter,
  readMovingWorld,
  readWorld,
  type RateLimits,
  type Violation,
} from '../oracles';

/** What an operator with some fifty apps may send, whatever happens to it. */
export const usualLimits: RateLimits = {
  total: 400,
  perCall: 200,
  perObject: 30,
};

/** O5 to O8 for everything that happened on a bench; what is left of it must be at rest. */
export async function verdict(
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

/** O5, as soon as statuses had the time to say what is true. */
export async function untilHonest(
  { admin }: FaultBench,
  seconds = 40,
): Promise<Violation[]> {
  let violations: Violation[] = [];
  const isHonest = async () => {
    violations = honestStatus(await readWorld(admin));
    return violations.length === 0;
  };
  await eventually('Statuses are honest', isHonest, seconds).catch(() => {});
  return violations;
}

/** O5 again and again while things change, until told to stop; gives what was not true then. */
export function watchHonesty(
  { admin }: FaultBench,
  pauseMs = 500,
): () => Promise<Violation[]> {
  const found = new Set<Violation>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const world = await readMovingWorld(admin).catch(() => undefined);
      for (const one of world ? honestStatus(world, false) : []) found.add(one);
      await pause(pauseMs);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return [...found];
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
