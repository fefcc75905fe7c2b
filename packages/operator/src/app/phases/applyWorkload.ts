import type { Scope } from '../../scope';
import {
  desiredNetworkPolicy,
  desiredService,
  desiredServiceAccount,
} from '../desired';
import type { Workload } from '../Workload';
import { applyDeployment } from './applyDeployment';
import { copyBundle } from './copyBundle';

/** Makes everything an app needs in one environment. @throws ObstacleError, ForeignObjectError */
export async function applyWorkload(
  scope: Scope,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  // First the rules, the address and the code, then the pods that are under and behind them.
  await scope.applier.apply(
    [
      desiredNetworkPolicy(workload),
      desiredServiceAccount(workload),
      desiredService(workload),
    ],
    signal,
  );
  await copyBundle(scope, workload, signal);
  await applyDeployment(scope, workload, signal);
}
