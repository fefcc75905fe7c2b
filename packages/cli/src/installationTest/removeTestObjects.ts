import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  environmentNamespace,
  homeNamespace,
  planKind,
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import { CommandError } from '../CommandError';
import { environment, person, testName } from './testObjects';
import { Waiter } from './Waiter';

/** Enough for the operator to delete the namespaces of a tenant with one app. */
const seconds = 60;

/**
 * Deletes everything that a test created, also an earlier one that was interrupted.
 *
 * @throws CommandError if the tenant is not that of a test, or if an object is left
 */
export async function removeTestObjects(client: KubeClient): Promise<void> {
  const waiter = new Waiter(seconds, new AbortController().signal);
  const tenants = client.resource<Tenant>(tenantKind);
  const found = await tenants.get(testName).catch(ignoreNotFound);
  if (found && !isDeepStrictEqual(found.spec.owners, person.groups))
    throw new CommandError(
      `The tenant ${testName} is not that of the test: it belongs to ${found.spec.owners.join(
        ', ',
      )}.`,
      'The test needs this name. Move its apps to a tenant with another name, and offboard it.',
    );
  await remove(client, tenantKind, waiter);
  for (const name of [
    homeNamespace(testName),
    environmentNamespace(testName, environment),
  ])
    await waiter.until(
      {
        problem: `The namespace ${name} is left behind`,
        remedy: `See what prevents its deletion: kubectl get namespace ${name} --output yaml`,
      },
      () => throwIfFound(client, coreKinds.namespaces, name),
    );
  // The operator reads the plan of a tenant until its end.
  await remove(client, changeRequestKind, waiter);
  await remove(client, planKind, waiter);
}

async function remove(
  client: KubeClient,
  kind: ResourceType,
  waiter: Waiter,
): Promise<void> {
  await client.resource(kind).delete(testName).catch(ignoreNotFound);
  await waiter.until(
    {
      problem: `The ${kind.kind} ${testName} is left behind`,
      remedy: `An operator deletes it. See whether one runs: kubectl -n bailiwick-system get pods,leases; its log: kubectl -n bailiwick-system logs deployment/operator`,
    },
    () => throwIfFound(client, kind, testName),
  );
}

async function throwIfFound(
  client: KubeClient,
  kind: ResourceType<KubeObject>,
  name: string,
): Promise<void> {
  const found = await client.resource(kind).get(name).catch(ignoreNotFound);
  if (found) throw new Error('it is still being deleted');
}
