import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { shownResources } from './shownResources';
import { OnDemandInformer } from './OnDemandInformer';

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
  /** Closes the watch. */
  stop(): void;
}

const byApp = 'app';
const placeOf = (namespace = '', app = '') => `${namespace}/${app}`;

/**
 * Returns the objects of the Kubernetes tab, from watches that all readers share: pods from the portal's own
 * watch, other kinds from one watch each, open while someone reads.
 *
 * @param options - `cluster`: the portal's own by default
 */
export function objectViews(
  kubernetes: Pick<KubernetesService, 'watch' | 'lists' | 'progress'>,
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
    staleness: () => {
      const { stale } = kubernetes.progress();
      return !cluster && stale?.who === 'cluster' ? stale.why : undefined;
    },
    stop: () => {},
  };
  const others = Object.entries(shownResources).map(
    ([name, { group, ...what }]): ObjectView => {
      const { plural } = what.type;
      const informer = new OnDemandInformer({
        plural,
        idleMs,
        watch: signal =>
          kubernetes.watch(
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
          (await informer.use()).index(byApp, placeOf(namespace, app)),
        staleness: () => informer.staleness(),
        stop: () => informer.stop(),
      };
    },
  );
  return [pods, ...others];
}
