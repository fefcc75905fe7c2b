import type { Population } from '../scenario';
import { median, rounded } from '../statistics';
import type { Round } from './operator';

/** The ratios of the operator to its twin: medians over the rounds, ours divided by the twin's. */
export function summarize(
  population: Population,
  rounds: Record<string, Round[]>,
): Record<string, unknown> {
  const medianOf = (name: string, read: (round: Round) => number) =>
    median(rounds[name].map(read));
  const ratio = (read: (round: Round) => number) =>
    rounded(medianOf('ours', read) / medianOf('twin', read));
  const both = (read: (round: Round) => number) => ({
    ours: rounded(medianOf('ours', read)),
    twin: rounded(medianOf('twin', read)),
  });
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
    resyncWrites: medianOf('ours', ({ start }) => start.resyncWrites),
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
      twinResyncWrites: medianOf('twin', ({ start }) => start.resyncWrites),
    },
  };
}
