import { setTimeout as pause } from 'node:timers/promises';
import { BenchCluster, since, workOf } from '../cluster';
import { length } from '../durations';
import { inParallel } from '../inParallel';
import { quiet, unlessFailed } from '../measure';
import { OperatorProcess, ours } from '../operators';
import { numbered, Office, rivals } from '../scenario';
import { percentile, rounded } from '../statistics';
import { benchOptions } from './benchOptions';
import { stopwatch } from './prepare';

const idleMs = length(30_000, 1000);

/**
 * `tenants`: from a request that a rule approves until all environments are ready, one at a time on a
 * cluster that holds many, and all at once; many requests against one budget; calls at rest.
 */
export async function tenants(args: string[]): Promise<object> {
  const options = benchOptions(args, { tenants: 1000, single: 50 });
  const say = stopwatch();
  const cluster = await BenchCluster.start({ controllerManager: true });
  const stop = new AbortController();
  const operator = await OperatorProcess.start(
    await ours(),
    cluster.kubeconfig,
  );
  try {
    const office = await Office.open(cluster.admin, stop.signal);
    const measured = { cluster, office, operator, options, say };
    return await unlessFailed(cluster.admin, operator, () => measure(measured));
  } finally {
    stop.abort();
    await operator.kill();
    await cluster.stop();
  }
}

async function measure({
  cluster,
  office,
  operator,
  options,
  say,
}: {
  cluster: BenchCluster;
  office: Office;
  operator: OperatorProcess;
  options: { tenants: number; single: number };
  say: (text: string) => void;
}): Promise<object> {
  say(`Asking for ${options.tenants} tenants`);
  const begun = await cluster.calls.read();
  const start = performance.now();
  const names = numbered('many', options.tenants);
  await inParallel(names, name => office.ask(name), 16);
  await inParallel(names, name => office.ready(name), names.length);
  const perSecond = names.length / ((performance.now() - start) / 1000);
  say(`${rounded(perSecond)} tenants a second; now one at a time`);
  const { reads, writes } = since(begun, await quiet(cluster));
  const { cpuSeconds } = operator;
  const times: number[] = [];
  for (const name of numbered('single', options.single)) {
    const asked = performance.now();
    await office.ask(name);
    await office.ready(name);
    times.push(performance.now() - asked);
  }
  say(`${rivals} requests for the last place of a budget`);
  const overcommits = await office.overcommit();
  const before = await quiet(cluster);
  say(`${idleMs / 1000} s of rest`);
  await pause(idleMs);
  return {
    tenants: options.tenants,
    createP50Ms: rounded(percentile(times, 0.5)),
    createP95Ms: rounded(percentile(times, 0.95)),
    perSecond: rounded(perSecond),
    readsPerTenant: rounded(reads / names.length),
    writesPerTenant: rounded(writes / names.length),
    cpuSeconds: rounded(cpuSeconds),
    overcommits,
    idleApiCalls: workOf(since(before, await cluster.calls.read())),
    residentMB: rounded(operator.residentBytes / 1e6),
  };
}
