import type { AppAddressStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PhaseState } from './reports';
import { ReportStore } from './ReportStore';

/** Addresses of an app by environment. */
export type AddressReport = Record<string, AppAddressStatus>;

/** Addresses of apps, as the controller of addresses reports them to those of apps and clusters. */
export class AddressBook {
  readonly #apps: ReportStore<AddressReport>;
  readonly #clusters: ReportStore<PhaseState>;
  readonly #known = { apps: new Set<string>(), clusters: new Set<string>() };
  #isComplete = false;

  /** @param enqueue - called with the key of each app or Cluster whose report changed */
  constructor(enqueue: (kind: 'app' | 'cluster', key: string) => void) {
    this.#apps = new ReportStore(key => enqueue('app', key));
    this.#clusters = new ReportStore(key => enqueue('cluster', key));
  }

  /** Whether the addresses were determined since the start of the operator. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Returns the state of the networking profile of a Cluster; `undefined` without a profile. */
  ofCluster(name: string): PhaseState | undefined {
    return this.#clusters.get(name);
  }

  /**
   * Returns the address of an environment that asks for one.
   *
   * @param previous - what it had before the start of the operator
   */
  ofApp(
    key: string,
    environment: string,
    previous: AppAddressStatus | undefined,
  ): AppAddressStatus | undefined {
    return this.#isComplete ? this.#apps.get(key)?.[environment] : previous;
  }

  /** Replaces all reports. */
  replace(
    apps: ReadonlyMap<string, AddressReport>,
    clusters: ReadonlyMap<string, PhaseState>,
  ): void {
    this.#isComplete = true;
    replaceIn(this.#apps, this.#known.apps, apps);
    replaceIn(this.#clusters, this.#known.clusters, clusters);
  }
}

function replaceIn<T>(
  store: ReportStore<T>,
  known: Set<string>,
  reports: ReadonlyMap<string, T>,
): void {
  for (const key of known)
    if (!reports.has(key)) {
      known.delete(key);
      store.delete(key);
    }
  for (const [key, report] of reports) {
    known.add(key);
    store.set(key, report);
  }
}
