import type { Population } from '../scenario';
import { compare } from './compare';
import type { Round } from './operator';

/** The ratios of the operator to its twin: medians over the rounds, ours divided by the twin's. */
export function summarize(
  population: Population,
  rounds: Record<string, Round[]>,
): Record<string, unknown> {
  const { both, ratio } = compare(rounds);
  const resyncWrites = both(({ start }) => start.resyncWrites);
  const editP99 = {
    idle: ratio(({ idle }) => idle.p99),
    busy: ratio(({ busy }) => busy.p99),
  };
  return {
    apps: population.apps.length,
    tenants: population.tenants.length,
    children: population.children,
    throughputRatio: ratio(({ creation }) => creation.throughput),
    editP99Ratio: Math.max(editP99.idle, editP99.busy),
    rssRatio: ratio(({ creation }) => creation.residentBytes),
    coldStartRatio: ratio(({ start }) => start.coldStartSeconds),
    resyncWrites: resyncWrites.ours,
    callsPerApp: both(({ creation }) => creation.callsPerApp),
    parts: {
      appsPerSecond: both(({ creation }) => creation.throughput),
      editP99Ratio: editP99,
      editIdleP99Ms: both(({ idle }) => idle.p99),
      editBusyP99Ms: both(({ busy }) => busy.p99),
      residentMB: both(({ creation }) => creation.residentBytes / 1e6),
      coldStartSeconds: both(({ start }) => start.coldStartSeconds),
      cpuSeconds: both(({ creation }) => creation.cpuSeconds),
      writesPerApp: both(({ creation }) => creation.writesPerApp),
      twinResyncWrites: resyncWrites.twin,
    },
  };
}
