import { ConflictError } from '@backstage/errors';
import {
  environmentNamespace,
  runtimePort,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { openDrafts } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { podsOf } from '../pods';

/** Container that serves functions. */
const serving = 'app';

/**
 * Returns the address of a pod that runs a draft, ready or not: code that does not load keeps it from being ready.
 *
 * @throws ConflictError when there is no such pod
 */
export function draftPod(
  lists: WatchedLists,
  tenant: string,
  app: App,
): {
  environment: string;
  address: { namespace: string; name: string; port: number };
} {
  const drafts = openDrafts(app, lists.tenants.get(tenant));
  if (drafts.length === 0)
    throw new ConflictError(
      'No environment runs the newest commit. On the Deploy tab, deploy it to an environment that is not protected',
    );
  for (const { name: environment } of drafts) {
    const place = { tenant, environment, app: app.metadata.name };
    const pod = podsOf(lists, place).find(isServing);
    if (pod) {
      const namespace = environmentNamespace(tenant, environment);
      const { name } = pod.metadata;
      return { environment, address: { namespace, name, port: runtimePort } };
    }
  }
  const { name, suspended } = drafts[0];
  throw new ConflictError(
    suspended
      ? `The app is paused in ${name}; resume it on the Deploy tab`
      : `No pod of the app is running in ${name}; check the health of the app on the Deploy tab`,
  );
}

/** Whether the container of a pod that serves functions is running. */
export function isServing({ metadata, status }: Pod): boolean {
  return (
    !metadata.deletionTimestamp &&
    (status?.containerStatuses ?? []).some(
      ({ name, state }) => name === serving && state?.running,
    )
  );
}
