import { parseQuantity } from '@bailiwick/backstage-kube-controller';
import {
  mostUsageSamples,
  type Plan,
  type Tenant,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common';

type Environments = NonNullable<NonNullable<Tenant['status']>['environments']>;
type Amounts = NonNullable<Environments[number]['used']>;

/** Milliseconds between two samples of what a tenant uses. */
export const sampleInterval = 4 * 3_600_000;
const mebi = 2 ** 20;

/**
 * The samples of a tenant's usage, with a new one when it is time and everything is counted. They
 * are made of what the quotas say, which costs no call.
 *
 * @param environments - as they are now
 * @param plan - that of the tenant; nothing is noted while it does not exist
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

/** When the next sample is due. */
export function nextSample(usage: UsageSample[]): Date {
  const last = usage.at(-1);
  return new Date(last ? Date.parse(last.at) + sampleInterval : 0);
}

/**
 * The fullest of all environments, by CPU or memory: what pods ask for divided by what the plan allows,
 * two decimals. A limit of its own that an environment has below that counts for nothing, as its owners
 * choose it.
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

/** What several environments have together; `undefined` when nothing is known of any. */
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
