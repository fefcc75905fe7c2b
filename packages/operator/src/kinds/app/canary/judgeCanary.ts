import { toInstant } from '@bailiwick/backstage-kube-controller';
import type {
  AppCanaryStatus,
  AppEnvironment,
  CallTally,
  Contract,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  canaryProblem,
  compareContracts,
  formatRelease,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { EnvironmentState } from '../../../placement';

/** Facts about a canary. */
export interface CanaryFacts {
  /** Health and contract of its pods. */
  state: Pick<EnvironmentState, 'contract' | 'health' | 'why'>;
  calls: { canary: CallTally; stable: CallTally };
  deployed: {
    release: string;
    /** Contract that readers depend on. */
    contract?: Contract;
  };
}

/**
 * Judges a running canary.
 *
 * @returns its new state; `undefined` if it has passed
 */
export function judgeCanary(
  canary: AppCanaryStatus,
  { minutes }: NonNullable<AppEnvironment['canary']>,
  { calls, deployed, state }: CanaryFacts,
  now: Date,
): AppCanaryStatus | undefined {
  const { calls: count, failed } = calls.canary;
  const judged = { ...canary, calls: count, failed };
  const problem =
    healthProblem(state) ??
    contractProblem(deployed.contract, state.contract) ??
    canaryProblem(calls.canary, calls.stable);
  const name = formatRelease(canary.release);
  if (problem)
    return {
      ...judged,
      phase: 'RolledBack',
      endsAt: toInstant(now),
      why: `Release ${name} was rolled back: ${problem}. Release ${formatRelease(
        deployed.release,
      )} gets all calls.`,
    };
  const isReady = state.health === 'Healthy' && state.contract !== undefined;
  const readyAt = canary.readyAt ?? (isReady ? toInstant(now) : undefined);
  if (!readyAt)
    return { ...judged, why: `The canary ${name} is starting. ${state.why}` };
  const end = Date.parse(readyAt) + minutes * 60_000;
  if (isReady && now.getTime() >= end) return undefined;
  return {
    ...judged,
    readyAt,
    endsAt: toInstant(new Date(end)),
    why: `The canary ${name} gets ${canary.percent}% of the calls; ${failed} of ${count} failed.`,
  };
}

function healthProblem({
  health,
  why,
}: CanaryFacts['state']): string | undefined {
  const isBad = health === 'Failed' || health === 'Degraded';
  return isBad ? why.replace(/\.$/, '') : undefined;
}

/** Calls are made with the contract of the deployed release, which the canary must accept. */
function contractProblem(
  deployed: Contract | undefined,
  contract: Contract | undefined,
): string | undefined {
  const breaking =
    deployed && contract
      ? compareContracts(deployed, contract).filter(
          ({ level }) => level === 'breaking',
        )
      : [];
  return breaking.length > 0
    ? `its contract breaks callers (${breaking[0].what})`
    : undefined;
}
