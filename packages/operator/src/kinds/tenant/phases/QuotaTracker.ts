import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../../placement';
import { limitsName } from '../desired';

/**
 * Milliseconds within which the quota controller counts what it can count: it looks for new kinds
 * every 30 s, and a quota that is made anew before that helps nobody.
 */
export const countingTimeout = 35_000;
/** Milliseconds after which a quota that is not counted is looked at again; the third look can help. */
export const countingInterval = 12_000;
/** Milliseconds by which quotas that began to wait together may be counted in another order. */
const orderTolerance = 5000;

/** What the cluster has not counted yet; until then it refuses every object of that kind. */
export interface Uncounted {
  /** First of the namespaces. */
  namespace: string;
  /**
   * Quotas that waited too long. A quota that was made before the quota controller knew our kinds
   * is looked at again only after minutes; a new one is looked at at once. One that waits for its
   * turn among thousands is none of them: made anew it would wait once more, with all others.
   */
  stuck: ResourceQuota[];
}

/** What is remembered of a quota that is not counted. */
interface Wait {
  /** The limits as JSON; the API server keeps no generation of quotas. */
  limits: string;
  /** Milliseconds since the epoch at which these limits were first seen uncounted. */
  since: number;
  isRecreated: boolean;
}

/** Watches over the quota controller: tells what it has not counted, and what it never will. */
export class QuotaTracker {
  readonly #placement: Pick<Placement, 'caches' | 'now' | 'target'>;
  /** By namespace. */
  readonly #waits = new Map<string, Wait>();
  /** When a wait ended last, and when the latest of those that ended had begun. */
  #progress = { at: -Infinity, since: -Infinity };

  constructor(placement: Pick<Placement, 'caches' | 'now' | 'target'>) {
    this.#placement = placement;
  }

  /** Finds the quotas of a tenant of which some resource is not counted, `undefined` for none. */
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

  /** Notes that stuck quotas were deleted to be made again, which helps at most once. */
  markRecreated(quotas: ResourceQuota[]): void {
    for (const { metadata } of quotas) {
      const wait = this.#waits.get(metadata.namespace ?? '');
      if (wait) wait.isRecreated = true;
    }
  }

  /** Forgets a tenant that is gone. */
  forget({ metadata: { name: tenant } }: Tenant): void {
    for (const namespace of this.#waits.keys())
      if (namespace.startsWith(`${tenant}--`)) this.#waits.delete(namespace);
  }

  /** Whether a quota is counted; if not, remembers since when. */
  #check(namespace: string): boolean {
    const quota = this.#quota(namespace);
    // A quota that is not there yet is the same wait as before.
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

  /** Whether a quota waited too long: longer than later ones, or while no other was counted. */
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
    Object.keys(spec?.hard ?? {}).every(resource => resource in used)
  );
}
