import type { App, Archetype, Health, Stale, TenantRole } from '../kinds';

/** An app in one environment, as the fleet page shows it. */
export interface FleetPlace {
  name: string;
  /** Cluster of the environment; absent when the tenant has no such environment any more. */
  cluster?: string;
  /** Whether it takes releases only. */
  protected?: true;
  /** Whether somebody paused the app here. */
  paused?: true;
  health: Health;
  /** Message in one sentence. */
  why: string;
  /** What to do about it; empty when nothing. */
  next: string;
  /** Deployed release. */
  release?: string;
  /** Commit that runs as a draft, when there is no release. */
  commit?: string;
  pods: { ready: number; desired: number };
  /** Since when the health is what it is, RFC 3339. */
  since?: string;
  /** Since when and why all of this is what was last seen; absent while its cluster is here. */
  stale?: Stale;
}

/** An app in a line: how it is and where, without its contract, answers and settings. */
export interface FleetRow
  extends Pick<App['spec'], 'title' | 'owner'>,
    Pick<App['spec']['archetype'], 'pack' | 'version'> {
  tenant: string;
  name: string;
  archetype: string;
  /** How it runs; absent while its pack is not there. */
  shape?: Archetype['shape'];
  /** RFC 3339. */
  madeAt?: string;
  /** Worst health of all environments. */
  health: Health;
  environments: FleetPlace[];
}

/** A tenant that the reader may see, as far as the fleet page needs it. */
export interface FleetTenant {
  name: string;
  title: string;
  /** Role of the reader; absent for platform engineers who are not members. */
  myRole?: TenantRole;
  /** Whether members may only read. */
  cordoned?: true;
  /** Environments in which the reader may restart, pause and resume apps. */
  operates: string[];
}

/** All apps that a person may see, and their tenants. */
export interface FleetView {
  items: FleetRow[];
  tenants: FleetTenant[];
}

/** One message of the watched fleet. Apps are told apart by `<tenant>/<name>`. */
export type FleetMessage =
  | ({ type: 'snapshot' } & FleetView)
  | {
      type: 'changed';
      items: FleetRow[];
      /** Apps that are gone, or out of the reader's sight. */
      removed: string[];
      /** All tenants, when something about them changed. */
      tenants?: FleetTenant[];
    };
