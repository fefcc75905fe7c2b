import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';
import { limitsName } from '../desired';

/**
 * Milliseconds within which the quota controller computes the usage of a known kind. It discovers
 * new kinds every 30 s, and recreating a quota before that does not help.
 */
export const countingTimeout = 35_000;
/** Milliseconds between checks of an uncounted quota; the third check can recreate it. */
export const countingInterval = 12_000;
/** Milliseconds by which quotas may be counted out of order. */
const orderTolerance = 5000;

/**
 * Quotas whose usage is not computed yet; until then the API server refuses objects of that kind.
 */
export interface Uncounted {
  /** First namespace with such a quota. */
  namespace: string;
  /**
   * Quotas that are stuck: the quota controller did not know the kinds when they were created, and
   * retries only after minutes; a new quota is counted at once. Quotas that only wait behind
   * thousands of others are not included, as recreating them would delay all.
   */
  stuck: ResourceQuota[];
}

/** State of an uncounted quota. */
interface Wait {
  /** Limits as JSON, as quotas have no generation. */
  limits: string;
  /** When these limits were first seen uncounted, milliseconds since the epoch. */
  since: number;
  isRecreated: boolean;
}

/** Tracks which quotas the quota controller has not counted yet, and which are stuck. */
export class QuotaTracker {
  readonly #placement: Pick<Placement, 'caches' | 'now' | 'target'>;
  /** By namespace. */
  readonly #waits = new Map<string, Wait>();
  /** When a quota was counted last, and the latest start of a wait that has ended. */
  #progress = { at: -Infinity, since: -Infinity };

  constructor(placement: Pick<Placement, 'caches' | 'now' | 'target'>) {
    this.#placement = placement;
  }

  /** Returns the uncounted quotas of a tenant, `undefined` for none. */
  findUncounted({
    metadata: { name: tenant },
    spec,
  }: Tenant): Uncounted | undefined {
    const namespaces = [
      ...(this.#placement.target ? [] : [homeNamespace(tenant)]),
      ...spec.environments.map(({ name }) =>
        environmentNamespace(tenant, name),
      ),
    ];
    const uncounted = namespaces.filter(namespace => !this.#check(namespace));
    if (uncounted.length === 0) return undefined;
    const stuck = uncounted
      .filter(namespace => this.#isStuck(namespace))
      .flatMap(namespace => this.#quota(namespace) ?? []);
    return { namespace: uncounted[0], stuck };
  }

  /** Records that stuck quotas were deleted for recreation, which helps at most once. */
  markRecreated(quotas: ResourceQuota[]): void {
    for (const { metadata } of quotas) {
      const wait = this.#waits.get(metadata.namespace ?? '');
      if (wait) wait.isRecreated = true;
    }
  }

  /** Forgets a deleted tenant. */
  forget({ metadata: { name: tenant } }: Tenant): void {
    for (const namespace of this.#waits.keys())
      if (namespace.startsWith(`${tenant}--`)) this.#waits.delete(namespace);
  }

  /** Whether a quota is counted; otherwise records the time since which it is not. */
  #check(namespace: string): boolean {
    const quota = this.#quota(namespace);
    // A quota that does not exist yet continues its wait.
    if (!quota) return false;
    if (isCounted(quota)) {
      this.#end(namespace);
      return true;
    }
    const limits = JSON.stringify(quota.spec?.hard ?? {});
    if (this.#waits.get(namespace)?.limits !== limits) {
      const since = this.#placement.now().getTime();
      this.#waits.set(namespace, { limits, since, isRecreated: false });
    }
    return false;
  }

  #end(namespace: string): void {
    const wait = this.#waits.get(namespace);
    if (!wait) return;
    this.#waits.delete(namespace);
    this.#progress = {
      at: this.#placement.now().getTime(),
      since: Math.max(wait.since, this.#progress.since),
    };
  }

  /** Whether a quota waits longer than later ones, or too long while no other was counted. */
  #isStuck(namespace: string): boolean {
    const wait = this.#waits.get(namespace);
    const now = this.#placement.now().getTime();
    if (!wait || wait.isRecreated || now - wait.since <= countingTimeout)
      return false;
    const wasOvertaken = wait.since + orderTolerance < this.#progress.since;
    return wasOvertaken || now - this.#progress.at > countingTimeout;
  }

  #quota(namespace: string): ResourceQuota | undefined {
    return this.#placement.caches.quotas.get(limitsName, namespace);
  }
}

function isCounted({ spec, status }: ResourceQuota): boolean {
  const used = status?.used;
  return (
    used !== undefined &&
    Object.keys(spec?.hard ?? {}).every(resource =>
      Object.hasOwn(used, resource),
    )
  );
}
