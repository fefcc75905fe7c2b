import {
  applyIfChanged,
  ignoreNotFound,
  isForbidden,
  isNotFound,
  keyOf,
  type Desired,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { fieldManager, hashAnnotation, systemNamespace } from '../../names';
import { addressSelector, isOfAddress } from './desired';
import { routeKinds, type RouteKind } from './routeKinds';

const isSame = (one: KubeObject) => (other: KubeObject) =>
  keyOf(one) === keyOf(other);

/**
 * The objects of addresses in a cluster, which may lack kinds. They are listed instead of watched, as a watch of a kind that
 * is not installed would fail again and again.
 */
export class RouteObjects {
  readonly #client: KubeClient;
  readonly #live = new Map<RouteKind, KubeObject[]>();
  readonly #unavailable = new Map<RouteKind, 'forbidden' | 'missing'>();

  private constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Lists all objects of addresses. @throws KubeApiError, KubeConnectionError except for missing kinds and rights */
  static async list(
    client: KubeClient,
    signal: AbortSignal,
  ): Promise<RouteObjects> {
    const routes = new RouteObjects(client);
    await Promise.all(routeKinds.map(kind => routes.#list(kind, signal)));
    return routes;
  }

  async #list(kind: RouteKind, signal: AbortSignal): Promise<void> {
    try {
      const live = await this.#client.resource(kind).list({
        ...(!kind.isElsewhere && { namespace: systemNamespace }),
        labelSelector: addressSelector,
        signal,
      });
      this.#live.set(kind, live);
    } catch (error) {
      if (isNotFound(error)) this.#unavailable.set(kind, 'missing');
      else if (isForbidden(error)) this.#unavailable.set(kind, 'forbidden');
      else throw error;
    }
  }

  /** Returns why objects can't be created, and what to do; `undefined` if they can. */
  problemOf(desired: readonly Desired[]): string | undefined {
    const needed = [...new Set(desired.map(kindOf))];
    const missing = needed.filter(
      kind => this.#unavailable.get(kind) === 'missing',
    );
    if (missing.length > 0) return describeMissing(missing);
    const forbidden = needed.find(kind => this.#unavailable.has(kind));
    return (
      forbidden &&
      `The operator has no right to list ${forbidden.plural}. Upgrade the chart, which grants it.`
    );
  }

  /**
   * Creates or changes an object, unless it is as desired.
   *
   * @throws ForeignObjectError when a foreign object has its name; KubeApiError
   */
  async apply(desired: Desired, signal: AbortSignal): Promise<void> {
    const kind = kindOf(desired);
    const live = this.#live.get(kind)?.find(isSame(desired));
    const resource = this.#client.resource(kind);
    await applyIfChanged(
      { get: () => live, isComplete: false, resource },
      desired,
      { fieldManager, hashAnnotation, isOurs: isOfAddress, signal },
    );
  }

  /** Deletes all objects that are not wanted. @throws KubeApiError */
  async prune(wanted: readonly Desired[], signal: AbortSignal): Promise<void> {
    for (const [kind, live] of this.#live) {
      const kept = wanted.filter(one => kindOf(one) === kind);
      const surplus = live.filter(
        one => !one.metadata.deletionTimestamp && !kept.some(isSame(one)),
      );
      for (const { metadata } of surplus) {
        const { name, namespace, uid } = metadata;
        await this.#client
          .resource(kind)
          .delete(name, { namespace, uid, signal })
          .catch(ignoreNotFound);
      }
    }
  }
}

function kindOf({ apiVersion, kind }: KubeObject): RouteKind {
  const found = routeKinds.find(
    one => one.kind === kind && one.apiVersion === apiVersion,
  );
  if (!found) throw new Error(`${kind} of ${apiVersion} is not in routeKinds`);
  return found;
}

function describeMissing(kinds: readonly RouteKind[]): string {
  const definitions = kinds.map(
    ({ apiVersion, plural }) => `${plural}.${apiVersion.split('/')[0]}`,
  );
  const projects = [...new Set(kinds.map(({ project }) => project))];
  return `The cluster lacks the custom resource definitions ${definitions.join(
    ', ',
  )}. Install ${projects.join(' and ')}, or choose another networking profile.`;
}
