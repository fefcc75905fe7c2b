import {
  homeNamespace,
  tenantOfHome,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  packNameOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { createHash, randomBytes } from 'node:crypto';
import { fleetId, fleetRow } from './fleetRow';

/** Debounce of changes. */
const gatherMs = 100;

/** The serialized row of an app, built once per change and shared by all readers. */
export interface FleetEntry {
  id: string;
  app: App;
  /** Its row as JSON. */
  text: string;
  /** Version of the fleet with the last change of the row. */
  version: number;
}

/** Change of the fleet in one version. */
export interface FleetChange {
  version: number;
  /** Apps whose row or tenant changed, and deleted apps. */
  ids: ReadonlySet<string>;
  /** Whether something about tenants changed. */
  tenants: boolean;
}

/** Returns a number of 32 bits for a text. */
export function markOf(text: string): number {
  return createHash('sha256').update(text).digest().readInt32BE(0);
}

/**
 * Rows of all apps, independent of the reader, with the version of the last change of each. All changes since any
 * version of this process can be reported, and nothing grows with time.
 */
export class FleetFeed {
  /** Versions of another process mean nothing here. */
  readonly epoch = randomBytes(6).toString('hex');
  readonly #lists: KubernetesService['lists'];
  readonly #entries = new Map<string, FleetEntry>();
  readonly #listeners = new Set<(change: FleetChange) => void>();
  /** Apps to look at, by identity. */
  readonly #waiting = new Map<string, { name: string; tenant: string }>();
  /** Rows to report regardless of their content, because other readers may see them now. */
  readonly #moved = new Set<string>();
  #tenants = false;
  #version = 0;
  #isFollowing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ kubernetes }: { kubernetes: KubernetesService }) {
    this.#lists = kubernetes.lists;
  }

  /** The newest published version. */
  get version(): number {
    this.#follow();
    return this.#version;
  }

  /** All apps as of the newest version. */
  entries(): Iterable<FleetEntry> {
    this.#follow();
    return this.#entries.values();
  }

  get(id: string): FleetEntry | undefined {
    return this.#entries.get(id);
  }

  /** Calls the listener once for each version until the returned function is called. */
  subscribe(listener: (change: FleetChange) => void): () => void {
    this.#follow();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts with the first reader and continues without any, so that readers can return. */
  #follow(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    const { apps, packs, tenants } = this.#lists;
    apps.list().forEach(app => this.#wait(app));
    this.#settle();
    apps.subscribe(({ object }) => this.#wait(object));
    packs.subscribe(({ object }) =>
      apps
        .list()
        .filter(({ spec }) => spec.archetype.pack === packNameOf(object))
        .forEach(app => this.#wait(app)),
    );
    tenants.subscribe(({ object, previous }) => {
      if (previous && isSameTenant(previous, object)) return;
      this.#tenants = true;
      this.#inTenant(object.metadata.name).forEach(app => {
        this.#moved.add(fleetId(app));
        this.#wait(app);
      });
      this.#schedule();
    });
  }

  #inTenant(name: string): App[] {
    const namespace = homeNamespace(name);
    return this.#lists.apps
      .list()
      .filter(({ metadata }) => metadata.namespace === namespace);
  }

  #wait(app: App): void {
    const tenant = tenantOfHome(app.metadata.namespace ?? '');
    if (!tenant) return;
    this.#waiting.set(fleetId(app), { name: app.metadata.name, tenant });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.#settle(), gatherMs);
    this.#timer.unref();
  }

  /** Publishes the next version when anything changed. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const version = this.#version + 1;
    const ids = new Set<string>();
    for (const [id, { name, tenant }] of this.#waiting)
      if (this.#renew(id, name, tenant, version)) ids.add(id);
    const tenants = this.#tenants;
    this.#waiting.clear();
    this.#moved.clear();
    this.#tenants = false;
    if (ids.size === 0 && !tenants) return;
    this.#version = version;
    for (const listener of this.#listeners) listener({ version, ids, tenants });
  }

  /** Whether a change of an app must be reported. */
  #renew(id: string, name: string, tenant: string, version: number): boolean {
    const app = this.#lists.apps.get(name, homeNamespace(tenant));
    const place = this.#lists.tenants.get(tenant);
    if (!app || !place || app.metadata.deletionTimestamp)
      return this.#entries.delete(id);
    const { packs } = this.#lists;
    const { archetype } = findArchetype(packs, app.spec.archetype);
    const text = JSON.stringify(fleetRow(app, { archetype, tenant: place }));
    const before = this.#entries.get(id);
    const isTold = before?.text === text && !this.#moved.has(id);
    this.#entries.set(id, {
      id,
      app,
      text,
      version: isTold ? before.version : version,
    });
    return !isTold;
  }
}

/** Whether two states of a tenant are the same for its apps and their readers. */
function isSameTenant(one: Tenant, other: Tenant): boolean {
  return (
    one.metadata.uid === other.metadata.uid &&
    one.metadata.generation === other.metadata.generation
  );
}
