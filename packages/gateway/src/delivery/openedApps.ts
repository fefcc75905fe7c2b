import type {
  Contract,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { GatewayError, NotAllowedError } from '../errors';
import {
  authorizeGrant,
  isUsable,
  targetOf,
  type TenantDirectory,
} from '../login';
import { findServed, type AppDirectory, type Served } from './findServed';
import { openedBy } from './openedBy';

/** An app in one environment, with the functions that a grant opens. */
export interface OpenedApp {
  app: string;
  environment: string;
  contract: Contract;
  served: Served;
}

/** Returns the apps that grants open from an address by name; the first grant that opens an app counts. */
export function openedApps(
  grants: readonly Grant[],
  ip: string,
  directory: AppDirectory & TenantDirectory,
): OpenedApp[] {
  const opened = new Map<string, OpenedApp>();
  for (const grant of grants) {
    const { app, environment = '' } = grant.spec;
    const name = `${app}/${environment}`;
    const found =
      !opened.has(name) && isUsable(grant, ip) && open(grant, directory);
    if (found) opened.set(name, found);
  }
  return [...opened.keys()].sort().map(name => opened.get(name)!);
}

function open(
  grant: Grant,
  directory: AppDirectory & TenantDirectory,
): OpenedApp | undefined {
  const target = targetOf(grant);
  const { app, environment } = target;
  try {
    authorizeGrant(grant, target, directory);
    const served = findServed(directory, target);
    const contract = openedBy(grant, served.contract, directory, target);
    return { app, environment, contract, served };
  } catch (error) {
    // An app that is not delivered has no functions.
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}

/** @throws NotAllowedError when the token is for another tenant */
export function requireTenant(grant: Grant, tenant: string): void {
  const { tenant: own } = targetOf(grant);
  if (own === tenant) return;
  throw new NotAllowedError(
    `This token is for tenant ${own}, not for ${tenant}; correct the address, or create a token for an app of ${tenant}`,
  );
}
