import { keyOf } from '@bailiwick/backstage-kube-controller';
import {
  tenantOfHome,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appHost,
  hostProblem,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Address } from './desired';

/** An environment of an app that asks for an address. */
export interface AskedAddress extends Address {
  /** Why it gets none; absent if it does. */
  problem?: string;
}

interface Candidate extends Address {
  /** Whether the address was its own before. */
  isHeld: boolean;
  /** RFC 3339. */
  createdAt: string;
}

/** Whether an environment of an app asks for an address. */
export function asksForAddress({ spec, metadata }: App): boolean {
  return (
    !metadata.deletionTimestamp && spec.environments.some(one => one.address)
  );
}

/**
 * Returns the environments that ask for an address. If several have the same host name, the first keeps it: the one that
 * has it, or that of the oldest app.
 */
export function planAddresses(
  hostRule: string,
  apps: readonly App[],
): AskedAddress[] {
  const candidates = apps
    .filter(asksForAddress)
    .flatMap(app => candidatesOf(hostRule, app))
    .sort(byPrecedence);
  const owners = new Map<string, Candidate>();
  return candidates.map(({ isHeld, createdAt, ...address }) => {
    const owner = owners.get(address.host);
    if (owner) return { ...address, problem: takenBy(owner, address) };
    const problem = hostProblem(hostRule, address.host);
    if (problem) return { ...address, problem };
    owners.set(address.host, { ...address, isHeld, createdAt });
    return address;
  });
}

function candidatesOf(hostRule: string, app: App): Candidate[] {
  const { name, namespace = '', creationTimestamp = '' } = app.metadata;
  const tenant = tenantOfHome(namespace) ?? '';
  return app.spec.environments
    .filter(one => one.address)
    .map(({ name: environment }) => {
      const place = { app: name, environment, tenant };
      const host = appHost(hostRule, place);
      const url = app.status?.environments?.find(
        one => one.name === environment,
      )?.address?.url;
      return {
        ...place,
        key: keyOf(app),
        host,
        isHeld: url !== undefined && URL.parse(url)?.hostname === host,
        createdAt: creationTimestamp,
      };
    });
}

function byPrecedence(a: Candidate, b: Candidate): number {
  return (
    Number(b.isHeld) - Number(a.isHeld) ||
    a.createdAt.localeCompare(b.createdAt) ||
    a.key.localeCompare(b.key) ||
    a.environment.localeCompare(b.environment)
  );
}

function takenBy(owner: Address, { host, tenant }: Address): string {
  const who =
    owner.tenant === tenant
      ? `app ${owner.app} in ${owner.environment}`
      : 'an app of another tenant';
  return `The host name ${host} belongs to ${who}. Use another name, or ask the platform team to add placeholders to hostRule, such as {app}.{environment}.{tenant}.apps.example.com.`;
}
