import type {
  App,
  AppEnvironmentStatus,
  Contract,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppNotRunningError, NotAllowedError, NotFoundError } from '../errors';
import type { Target } from '../login';

/** Source of apps. */
export interface AppDirectory {
  findApp(tenant: string, name: string): App | undefined;
}

/** An app as it runs in one environment. */
export interface Served {
  app: App;
  environment: AppEnvironmentStatus;
  contract: Contract;
}

/**
 * Returns the subject of a request.
 *
 * @throws NotFoundError, NotAllowedError when HTTP delivery of the app is disabled, AppNotRunningError when it has
 * never run in the environment
 */
export function findServed(
  apps: AppDirectory,
  { tenant, environment: name, app: appName }: Target,
): Served {
  const app = apps.findApp(tenant, appName);
  if (!app) {
    throw new NotFoundError(
      `App ${appName} was not found in tenant ${tenant}; check the address`,
    );
  }
  const environment = app.status?.environments?.find(it => it.name === name);
  if (!environment) {
    throw new NotFoundError(`${appName} is not deployed in ${name}`);
  }
  if (!app.spec.delivery.rest) {
    throw new NotAllowedError(
      `HTTP delivery of ${appName} is disabled; ask the owners of the app to enable it`,
    );
  }
  if (!environment.contract) {
    throw new AppNotRunningError(stateOf(environment), { retryAfter: 5 });
  }
  return { app, environment, contract: environment.contract };
}

/** Names the code that runs in an environment: the release or the commit. */
export function codeOf({
  environment: { release, revision },
}: Served): string | undefined {
  return release ?? revision;
}

/** Finds a function. @throws NotFoundError naming those there are. */
export function findFunction(
  contract: Contract,
  name: string,
): ContractFunction {
  const found = contract.functions.find(fn => fn.name === name);
  if (!found) {
    const known = contract.functions.map(fn => fn.name);
    throw new NotFoundError(
      `Function ${name} was not found; available: ${known.join(', ')}`,
      { fields: { functions: known } },
    );
  }
  return found;
}

/** Returns the state of an environment and the next step, in one or two sentences. */
export function stateOf({ why, next }: AppEnvironmentStatus): string {
  return [why, next].filter(Boolean).join(' ');
}
