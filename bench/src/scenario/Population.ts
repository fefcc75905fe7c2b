import {
  environmentNamespace,
  homeNamespace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Environments of each tenant. */
export const environments = ['dev', 'test', 'prod'];
/** Every so many apps one has two pods, and therefore a disruption budget. */
const doubledEvery = 4;
/** Number of objects per app: rules, account, address, code and pods. */
const childrenPerApp = 5;

/** One app of the benchmark; it runs in one environment. */
export interface BenchApp {
  name: string;
  tenant: string;
  environment: string;
  /** Namespace of the App itself. */
  home: string;
  /** Namespace of its objects. */
  namespace: string;
  hasTwoPods: boolean;
}

/** Tenants and apps, the same in each round. */
export class Population {
  readonly tenants: string[];
  readonly apps: BenchApp[];

  constructor(size: { apps: number; tenants: number }) {
    this.tenants = Array.from({ length: size.tenants }, (_, i) => `t${i}`);
    this.apps = Array.from({ length: size.apps }, (_, i) => this.#app(i));
  }

  /** Number of objects of all apps. */
  get children(): number {
    const budgets = this.apps.filter(one => one.hasTwoPods).length;
    return this.apps.length * childrenPerApp + budgets;
  }

  /** Apps whose number of pods can be edited. */
  get editable(): BenchApp[] {
    return this.apps.filter(one => !one.hasTwoPods);
  }

  /** All namespaces with apps or their objects. */
  get namespaces(): string[] {
    return this.tenants.flatMap(tenant => [
      homeNamespace(tenant),
      ...environments.map(one => environmentNamespace(tenant, one)),
    ]);
  }

  #app(i: number): BenchApp {
    const tenant = this.tenants[i % this.tenants.length];
    const turn = Math.floor(i / this.tenants.length);
    const environment = environments[turn % environments.length];
    return {
      name: `app-${turn}`,
      tenant,
      environment,
      home: homeNamespace(tenant),
      namespace: environmentNamespace(tenant, environment),
      hasTwoPods: i % doubledEvery === 0,
    };
  }
}
