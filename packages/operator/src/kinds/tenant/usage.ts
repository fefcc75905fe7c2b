import { parseQuantity } from '@bailiwick/backstage-kube-controller';
import {
  mostUsageSamples,
  type Plan,
  type Tenant,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common';

type Environments = NonNullable<NonNullable<Tenant['status']>['environments']>;
type Amounts = NonNullable<Environments[number]['used']>;

/** Milliseconds between two samples of a tenant's usage. */
export const sampleInterval = 4 * 3_600_000;
const mebi = 2 ** 20;

/**
 * Returns the usage samples of a tenant, with a new one when it is due and all quotas are counted.
 * Reads only cached quotas.
 *
 * @param environments - their current status
 * @param plan - plan of the tenant; no sample is taken without it
 */
export function usageWith(
  usage: UsageSample[],
  environments: Environments,
  plan: Plan | undefined,
  now: Date,
): UsageSample[] {
  const isCounted = plan && environments.every(({ used }) => used);
  if (!isCounted || nextSample(usage).getTime() > now.getTime()) return usage;
  const { cpu, memory, storage, pods, apps } = sumAmounts(
    environments.map(({ used }) => used),
  ) ?? { cpu: '0', memory: '0', storage: '0', pods: 0, apps: 0 };
  const sample: UsageSample = {
    at: now.toISOString(),
    cpu,
    memory,
    storage,
    pods,
    apps,
    plan: plan.metadata.name,
    usedRatio: usedRatio(environments, plan) ?? 0,
  };
  return [...usage, sample].slice(-mostUsageSamples);
}

/** Returns when the next sample is due. */
export function nextSample(usage: UsageSample[]): Date {
  const last = usage.at(-1);
  return new Date(last ? Date.parse(last.at) + sampleInterval : 0);
}

/**
 * Returns the highest ratio of requested CPU or memory to the plan over all environments, with two
 * decimals. Lower limits that owners chose for an environment are ignored.
 */
export function usedRatio(
  environments: Environments,
  plan: Plan | undefined,
): number | undefined {
  const most = plan?.spec.perEnvironment;
  const ratios = environments.flatMap(({ used }) =>
    used && most
      ? [ratioOf(used.cpu, most.cpu), ratioOf(used.memory, most.memory)]
      : [],
  );
  return ratios.length > 0
    ? Math.round(Math.max(...ratios) * 100) / 100
    : undefined;
}

/** Sums the amounts of several environments; `undefined` when none is known. */
export function sumAmounts(
  all: (Amounts | undefined)[],
): Required<Amounts> | undefined {
  const known = all.flatMap(one => one ?? []);
  if (known.length === 0) return undefined;
  const add = (read: (amounts: Amounts) => number) =>
    known.reduce((total, one) => total + read(one), 0);
  return {
    cpu: cores(add(({ cpu }) => parseQuantity(cpu) ?? 0)),
    memory: bytes(add(({ memory }) => parseQuantity(memory) ?? 0)),
    storage: bytes(add(({ storage = '0' }) => parseQuantity(storage) ?? 0)),
    pods: add(({ pods }) => pods),
    apps: add(({ apps }) => apps),
  };
}

function ratioOf(used: string, limit: string): number {
  const most = parseQuantity(limit) ?? 0;
  return most > 0 ? (parseQuantity(used) ?? 0) / most : 0;
}

function cores(value: number): string {
  return Number.isInteger(value) ? `${value}` : `${Math.round(value * 1000)}m`;
}

function bytes(value: number): string {
  return value > 0 && value % mebi === 0
    ? `${value / mebi}Mi`
    : `${Math.round(value)}`;
}
