import { canI, type KubeClient } from '@bailiwick/backstage-kube-controller';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Kinds and place of a list. */
export interface Listing {
  tenant: string;
  namespace: string;
  group: string;
  resource: string;
}

interface CachedRight {
  allowed: Promise<boolean>;
  /** In milliseconds since 1970; known as soon as it is answered. */
  until: number;
}

/**
 * Cache time of a decision. A refusal can change at any moment, for example when the operator has created a tenant. A
 * cluster that does not respond is not asked again at once.
 */
const holdsMs = { yes: 30_000, no: 2_000, none: 15_000 };
/** Milliseconds that are waited for an answer. */
const timeoutMs = 5_000;
/** Answers that are kept of one tenant. */
const most = 5_000;

/**
 * Returns whether people can list objects, as the API server decides. Decisions are cached for some seconds; {@link
 * ListRights.forget} drops them when a role may have changed.
 */
export class ListRights {
  readonly #as: (person: Person, namespace: string) => KubeClient;
  readonly #cached = new Map<string, Map<string, CachedRight>>();

  constructor(options: {
    as: (person: Person, namespace: string) => KubeClient;
  }) {
    this.#as = options.as;
  }

  /** @throws KubeApiError, KubeConnectionError when the API server does not respond */
  async may(person: Person, { tenant, ...where }: Listing): Promise<boolean> {
    const ofTenant = this.#cached.get(tenant) ?? new Map<string, CachedRight>();
    this.#cached.set(tenant, ofTenant);
    const key = JSON.stringify([person.user, person.groups, where]);
    const known = ofTenant.get(key);
    if (known && known.until > Date.now()) return known.allowed;
    const right: CachedRight = {
      allowed: this.#ask(person, where),
      until: Infinity,
    };
    if (ofTenant.size >= most) ofTenant.clear();
    ofTenant.set(key, right);
    try {
      const allowed = await right.allowed;
      right.until = Date.now() + (allowed ? holdsMs.yes : holdsMs.no);
      return allowed;
    } catch (error) {
      right.until = Date.now() + holdsMs.none;
      throw error;
    }
  }

  /** Drops all cached decisions about a tenant. */
  forget(tenant: string): void {
    this.#cached.delete(tenant);
  }

  async #ask(person: Person, where: Omit<Listing, 'tenant'>): Promise<boolean> {
    const client = this.#as(person, where.namespace);
    return canI(client, { verb: 'list', ...where }, { timeout: timeoutMs });
  }
}
