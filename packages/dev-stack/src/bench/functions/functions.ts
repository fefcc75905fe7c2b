import type { StackState } from '@bailiwick/backstage-cli';
import {
  KubeClient,
  resourcePath,
  coreKinds,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { runtimePort } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { loadavg } from 'node:os';
import { signIn } from '../../portal/signIn';
import { readDataDir, runningStack, withPortal } from '../withPortal';
import { BareTwin } from './BareTwin';
import { EditedApp, type Caller } from './EditedApp';
import { tryInBrowser } from './tryInBrowser';

const portBase = 17_607;
const isSmokeTest = process.env.BAILIWICK_BENCH_SMOKE === '1';
const usually = (count: number, smoke: number) => (isSmokeTest ? smoke : count);
const rounds = {
  calls: usually(200, 20),
  tables: usually(20, 2),
  tries: usually(50, 3),
  pushes: usually(5, 1),
  wakes: usually(5, 1),
  browser: usually(10, 2),
};
const rowsOfTable = 10_000;

/** The most that each figure may be. */
const targets: Record<string, number> = {
  overheadP50Ms: 5,
  overheadP99Ms: 25,
  saveToCallableP50Ms: 500,
  saveToCallableP99Ms: 2_000,
  pushToCallableMs: 2_000,
  publishBundleMs: 5_000,
  publishImageMs: 60_000,
  coldFromZeroMs: 2_000,
  tryFirstRowsMs: 1_000,
};

/**
 * `functions`: a function beside the same one as a bare handler in a pod, and the time from an edit until it can be
 * called. Plays the demo on a stack of its own, or uses the running one of `--data-dir`, on which it was played.
 */
export async function functions(args: string[]): Promise<number> {
  const dataDir = readDataDir(args);
  const figures = dataDir
    ? await measure(runningStack(dataDir))
    : await withPortal({ portBase, withDemo: true }, measure);
  const missed = Object.entries(targets)
    .filter(([name, limit]) => figures[name] > limit)
    .map(([name, limit]) => `${name} ${figures[name]} > ${limit}`);
  const result = { load: loadavg()[0], ...figures, missed };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

async function measure({
  addresses,
  kubeconfig,
}: StackState): Promise<Record<string, number>> {
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'bailiwick-bench',
  });
  const person = await signIn(addresses.portal, 'bea');
  const app = await EditedApp.open(person, addresses.gateway);
  try {
    say('Trying edited code');
    const tries = await timesOf(rounds.tries, round => app.try(round));
    say('Committing it');
    const call = await app.caller();
    const pushes = await measurePushes(app, call);
    say('Calling it');
    const pod = await app.pod(client);
    const memory = await memoryOf(client, pod);
    const beside = await besideBare(client, call, pod);
    say('Calling it while no pod runs');
    const cold: number[] = [];
    for (let round = 0; round < rounds.wakes; round += 1)
      cold.push(await app.callFromZero(client, call));
    say('Trying it in a browser');
    const shown = await tryInBrowser(addresses.portal, rounds.browser);
    return {
      ...beside,
      saveToCallableP50Ms: percentile(tries, 0.5),
      saveToCallableP99Ms: percentile(tries, 0.99),
      firstTryMs: rounded(tries[0]),
      ...pushes,
      memoryPerIdleAppMiB: rounded(memory / 2 ** 20),
      coldFromZeroMs: percentile(cold, 0.5),
      tryFirstRowsMs: percentile(shown, 0.5),
    };
  } finally {
    await app.close();
    await client.close();
  }
}

async function measurePushes(
  app: EditedApp,
  call: Caller,
): Promise<Record<string, number>> {
  const [pushes, publications, images]: number[][] = [[], [], []];
  let lost = 0;
  for (let round = 0; round < rounds.pushes; round += 1) {
    const begun = performance.now();
    const marker = Date.now();
    await app.commit(marker);
    lost += await app.untilServed(call, marker);
    pushes.push(performance.now() - begun);
    publications.push(await app.publish());
    images.push(await app.publishImage());
  }
  return {
    pushToCallableMs: percentile(pushes, 0.5),
    pushToCallableMaxMs: rounded(Math.max(...pushes)),
    pushFailedCalls: lost,
    publishBundleMs: percentile(publications, 0.5),
    publishImageMs: percentile(images, 0.5),
  };
}

/** Calls the functions of the app and those of the bare pod in turns. */
async function besideBare(
  client: KubeClient,
  call: Caller,
  pod: Pod,
): Promise<Record<string, number>> {
  const twin = await BareTwin.start(client, pod);
  try {
    const bare: Caller = path => twin.call(path);
    const inTurns = async (count: number, path: string) => {
      const [ours, theirs]: number[][] = [[], []];
      // The first calls open connections.
      for (let round = -3; round < count; round += 1) {
        const [our, their] = [
          await timeOf(call, path),
          await timeOf(bare, path),
        ];
        if (round < 0) continue;
        ours.push(our);
        theirs.push(their);
      }
      return { ours, theirs };
    };
    const small = await inTurns(rounds.calls, 'bench_marker');
    const large = await inTurns(
      rounds.tables,
      `bench_rows?count=${rowsOfTable}`,
    );
    const overhead = (share: number) =>
      rounded(percentile(small.ours, share) - percentile(small.theirs, share));
    return {
      overheadP50Ms: overhead(0.5),
      overheadP99Ms: overhead(0.99),
      bareP50Ms: percentile(small.theirs, 0.5),
      bareP99Ms: percentile(small.theirs, 0.99),
      rowsPerSecond: rounded(
        (rowsOfTable / percentile(large.ours, 0.5)) * 1000,
      ),
      rowsPerSecondRatio: rounded(
        percentile(large.theirs, 0.5) / percentile(large.ours, 0.5),
      ),
    };
  } finally {
    await twin.stop();
  }
}

async function timeOf(call: Caller, path: string): Promise<number> {
  const begun = performance.now();
  const response = await call(path);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return performance.now() - begun;
}

async function timesOf(
  count: number,
  act: (round: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const begun = performance.now();
    await act(round);
    times.push(performance.now() - begun);
  }
  return times;
}

/** Bytes of memory of the process that serves functions, as it reports them. */
async function memoryOf(
  client: KubeClient,
  { metadata: { name, namespace } }: Pod,
): Promise<number> {
  const proxy = resourcePath(coreKinds.pods, {
    namespace,
    name: `${name}:${runtimePort}`,
    subresource: 'proxy',
  });
  const text = await client.request<string>({ path: `${proxy}/metrics` });
  const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text) ?? [];
  return Number(bytes);
}

/** The value below which a share of all values is (nearest rank), rounded. */
function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(Math.ceil(share * sorted.length), 1);
  return rounded(sorted[rank - 1]);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
