import {
  tenantOfHome,
  type Contract,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { oldestGrants } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { findServed, openedBy, type Served } from '../delivery';
import type { AppDirectory } from '../delivery';
import { GatewayError, NotFoundError } from '../errors';
import {
  authorizeGrant,
  isUsable,
  sameHash,
  type TenantDirectory,
} from '../login';
import { addInKey } from './addInKey';

/** Everything that decides about the content of an add-in. */
export interface AddInDirectory extends AppDirectory, TenantDirectory {
  /** Returns the grants of a tenant. */
  grantsOf(tenant: string): Grant[];
}

/** An app in one environment, with the functions that a token opens. */
export interface OpenedApp {
  app: string;
  environment: string;
  contract: Contract;
  served: Served;
}

/**
 * Returns the grant of an add-in's key.
 *
 * @throws NotFoundError when there is none, or it cannot be used any more or from this address
 */
export function grantOfKey(
  tenant: string,
  key: string,
  ip: string,
  directory: AddInDirectory,
): Grant {
  const [grant, ...others] = oldestGrants(
    directory
      .grantsOf(tenant)
      .filter(({ spec }) => sameHash(addInKey(spec.tokenHash), key)),
  );
  if (!grant || others.length > 0 || !isUsable(grant, ip))
    throw new NotFoundError(
      'This add-in ended with its token; download it again with a new one',
    );
  authorizeGrant(grant, targetOf(grant), directory);
  return grant;
}

/**
 * Returns the apps that a grant opens. A token for Excel stands for all tokens for Excel of its subject in the tenant, so
 * that one add-in has the functions of all of them.
 */
export function openedApps(
  grant: Grant,
  ip: string,
  directory: AddInDirectory,
): OpenedApp[] {
  const { client, subject } = grant.spec;
  const { tenant } = targetOf(grant);
  const others =
    client === 'excel'
      ? directory
          .grantsOf(tenant)
          .filter(
            ({ spec }) => spec.client === 'excel' && spec.subject === subject,
          )
      : [];
  const opened = new Map<string, OpenedApp>();
  for (const one of [grant, ...others]) {
    const { app, environment = '' } = one.spec;
    const name = `${app}/${environment}`;
    const found =
      !opened.has(name) && isUsable(one, ip) && open(one, directory);
    if (found) opened.set(name, found);
  }
  return [...opened.keys()].sort().map(name => opened.get(name)!);
}

function open(grant: Grant, directory: AddInDirectory): OpenedApp | undefined {
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

/** Returns what a grant is for. */
export function targetOf({ metadata, spec }: Grant) {
  const tenant = tenantOfHome(metadata.namespace ?? '') ?? '';
  return { tenant, app: spec.app, environment: spec.environment ?? '' };
}
