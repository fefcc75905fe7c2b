import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { shownResources } from './shownResources';
import { VisitedList } from './VisitedList';

/** Objects of one kind, as the plugin names it. */
export interface ObjectView {
  /** The plugin's name for the kind. */
  name: string;
  /** API group, empty for the core group. */
  group: string;
  /** Lower-case plural, as RBAC names it. */
  resource: string;
  /** The objects of an app in a namespace. @throws ServiceUnavailableError while they cannot be read */
  of(namespace: string, app: string): Promise<KubeObject[]>;
  /** Why they may be out of date, in a sentence; `undefined` while they are not. */
  staleness(): string | undefined;
  /** Lets go of what is watched. */
  leave(): void;
}

const byApp = 'app';
const placeOf = (namespace = '', app = '') => `${namespace}/${app}`;

/**
 * What the Kubernetes tab shows, from watches that all who look share: pods from that which the portal has
 * anyway, the others from one for each kind, as long as somebody looks.
 *
 * @param options - `cluster`: which one, the portal's own when absent
 */
export function objectViews(
  kubernetes: Pick<KubernetesService, 'follow' | 'lists' | 'progress'>,
  { cluster, idleMs }: { cluster?: string; idleMs: number },
): ObjectView[] {
  const pods: ObjectView = {
    name: 'pods',
    group: '',
    resource: coreKinds.pods.plural,
    of: async (namespace, app) =>
      kubernetes.lists.pods
        .list()
        .filter(
          ({ metadata }) =>
            metadata.namespace === namespace &&
            metadata.labels?.[labels.app] === app,
        ),
    staleness: () => (cluster ? undefined : kubernetes.progress().stale?.why),
    leave: () => {},
  };
  const others = Object.entries(shownResources).map(
    ([name, { group, ...what }]): ObjectView => {
      const { plural } = what.type;
      const list = new VisitedList({
        plural,
        idleMs,
        follow: signal =>
          kubernetes.follow(
            {
              ...what,
              labelSelector: `${labels.managedBy}=${managedBy}`,
              indexes: {
                [byApp]: ({ metadata }) => [
                  placeOf(metadata.namespace, metadata.labels?.[labels.app]),
                ],
              },
            },
            signal,
            cluster,
          ),
      });
      return {
        name,
        group,
        resource: plural,
        of: async (namespace, app) =>
          (await list.look()).index(byApp, placeOf(namespace, app)),
        staleness: () => list.staleness(),
        leave: () => list.leave(),
      };
    },
  );
  return [pods, ...others];
}
