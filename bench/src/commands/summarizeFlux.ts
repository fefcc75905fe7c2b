import type { Population } from '../scenario';
import { compare } from './compare';
import type { FluxRound } from './flux';

/** The ratios of the operator to Flux: medians over the rounds, ours divided by Flux's. */
export function summarizeFlux(
  population: Population,
  rounds: Record<string, FluxRound[]>,
): object {
  const { both, ratio } = compare(rounds);
  return {
    apps: population.apps.length,
    tenants: population.tenants.length,
    children: population.children,
    throughputRatio: ratio(({ creation }) => creation.throughput),
    coldStartRatio: ratio(({ start }) => start.coldStartSeconds),
    rssRatio: ratio(({ creation }) => creation.residentBytes),
    callsPerApp: both(({ creation }) => creation.callsPerApp),
    steadyApiCalls: both(({ steadyApiCalls }) => steadyApiCalls),
    parts: {
      appsPerSecond: both(({ creation }) => creation.throughput),
      coldStartSeconds: both(({ start }) => start.coldStartSeconds),
      residentMB: both(({ creation }) => creation.residentBytes / 1e6),
      cpuSeconds: both(({ creation }) => creation.cpuSeconds),
      writesPerApp: both(({ creation }) => creation.writesPerApp),
      resyncReads: both(({ start }) => start.resyncReads),
      resyncWrites: both(({ start }) => start.resyncWrites),
    },
  };
}
