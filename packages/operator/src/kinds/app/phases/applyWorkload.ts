import { appIndexKey } from '../../../cache';
import {
  desiredEgress,
  desiredNetworkPolicy,
  desiredService,
  egressRules,
} from '../desired';
import { applyDeployment } from './applyDeployment';
import { applySchedule } from './applySchedule';
import { applySecrets } from './applySecrets';
import { applyStore } from './applyStore';
import { copyBundle } from './copyBundle';
import type { Scope } from '../../../placement';
import type { Workload } from '../workload';

/** Makes everything an app needs in one environment. @throws ObstacleError, ForeignObjectError */
export async function applyWorkload(
  scope: Scope,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  // First the rules, the address and the code, then the pods that are under and behind them.
  await applyRules(scope, workload, signal);
  await scope.applier.apply([desiredService(workload)], signal);
  await applySecrets(scope, workload, signal);
  await copyBundle(scope, workload, signal);
  await applyStore(scope, workload, signal);
  await applyDeployment(scope, workload, signal);
  await applySchedule(scope, workload, signal);
}

/** Who may reach the app, and what it may reach. */
async function applyRules(
  { applier, caches }: Scope,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { app, connections, namespace, tenant } = workload;
  const wanted = [
    desiredNetworkPolicy(workload),
    ...desiredEgress(workload, egressRules(connections)),
  ];
  const existing = caches.children.NetworkPolicy.index(
    'app',
    appIndexKey(tenant, app),
  ).filter(({ metadata }) => metadata.namespace === namespace);
  await applier.prune(existing, wanted, signal);
  await applier.apply(wanted, signal);
}
