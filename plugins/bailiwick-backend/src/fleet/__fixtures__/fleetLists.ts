import {
  homeNamespace,
  labels,
  type App,
  type DomainPack,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

interface Named {
  metadata: { name: string; namespace?: string };
}

/** A watched list whose content the test sets. */
class SetList<T extends Named> {
  readonly #objects = new Map<string, T>();
  readonly #listeners = new Set<(change: object) => void>();

  list = () => [...this.#objects.values()];
  get = (name: string, namespace = '') =>
    this.#objects.get(`${namespace}/${name}`);
  subscribe = (listener: (change: object) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  clear() {
    this.#objects.clear();
  }

  put(object: T) {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    this.#objects.set(key, object);
    this.#tell({ type: previous ? 'updated' : 'added', object, previous });
  }

  remove(object: T) {
    this.#objects.delete(keyOf(object));
    this.#tell({ type: 'deleted', object });
  }

  #tell(change: object) {
    for (const listener of this.#listeners) listener(change);
  }
}

function keyOf({ metadata: { name, namespace = '' } }: Named): string {
  return `${namespace}/${name}`;
}

class Apps extends SetList<App> {
  set(
    tenant: string,
    name: string,
    { metadata, ...fields }: { metadata?: object; status?: undefined } = {},
  ) {
    this.put({ ...anApp(tenant, name, metadata), ...fields });
  }

  fail(tenant: string, name: string, why: string) {
    const app = anApp(tenant, name);
    const [place] = app.status!.environments!;
    this.put({
      ...app,
      status: {
        health: 'Failed',
        environments: [{ ...place, health: 'Failed', why }],
      },
    });
  }

  delete(tenant: string, name: string) {
    this.remove(anApp(tenant, name));
  }
}

class Packs extends SetList<DomainPack> {
  set(name: string, version = '1.0.0') {
    const archetypes = [{ name: 'price-feed', shape: 'function' }];
    this.put({
      metadata: { name },
      spec: { archetypes, version },
    } as DomainPack);
  }

  keep(pack: string, version: string, shape: string) {
    const archetypes = [{ name: 'price-feed', shape }];
    const name = keptPackName(pack, version);
    this.put({
      metadata: { name, labels: { [labels.versionOf]: pack } },
      spec: { archetypes, version },
    } as unknown as DomainPack);
  }
}

class Tenants extends SetList<Tenant> {
  set(name: string, metadata: object = {}) {
    this.put({
      metadata: { name, uid: name, generation: 1, ...metadata },
      spec: {
        title: name,
        owners: [`group:default/${name}`],
        members: [],
        environments: [{ name: 'dev', cluster: 'local', protected: false }],
      },
    } as unknown as Tenant);
  }
}

function anApp(tenant: string, name: string, metadata: object = {}): App {
  return {
    metadata: {
      name,
      namespace: homeNamespace(tenant),
      creationTimestamp: '2026-11-20T08:00:00Z',
      ...metadata,
    },
    spec: {
      title: name,
      owner: `group:default/${tenant}`,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: { symbols: 'AAPL' },
      environments: [{ name: 'dev', revision: 'draft' }],
    },
    status: {
      health: 'Healthy',
      environments: [
        {
          name: 'dev',
          health: 'Healthy',
          why: 'One of one pod answers.',
          next: '',
          revision: '3f9c1e2a9b8c',
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T09:00:00Z',
          contract: { functions: [] },
        },
      ],
    },
  } as unknown as App;
}

/** The watched lists with two tenants and a pack, and no app. */
export function fleetLists() {
  const apps = new Apps();
  const packs = new Packs();
  const tenants = new Tenants();
  packs.set('market');
  tenants.set('rates');
  tenants.set('labs');
  const kubernetes = {
    lists: { apps, packs, tenants },
  } as unknown as KubernetesService;
  return { apps, kubernetes, packs, tenants };
}
