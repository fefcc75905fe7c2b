import type { App, Archetype, Health, Stale, TenantRole } from '../kinds';

/** An app in one environment, for the fleet page. @public */
export interface FleetEnvironment {
  name: string;
  /** Cluster of the environment; absent if the tenant no longer has the environment. */
  cluster?: string;
  /** Whether the environment accepts only releases. */
  protected?: true;
  /** Whether the app is paused in the environment. */
  paused?: true;
  health: Health;
  /** Message in one sentence. */
  why: string;
  /** Remedy; empty if no action is needed. */
  next: string;
  /** Deployed release. */
  release?: string;
  /** Deployed commit of a draft; absent for a release. */
  commit?: string;
  pods: { ready: number; desired: number };
  /** Time of the last change of the health, RFC 3339. */
  since?: string;
  /** Time and reason since which the row is stale; absent while its cluster is reachable. */
  stale?: Stale;
}

/** An app as a row: health and environments, without contract, answers and settings. @public */
export interface FleetRow
  extends Pick<App['spec'], 'title' | 'owner'>,
    Pick<App['spec']['archetype'], 'pack' | 'version'> {
  tenant: string;
  name: string;
  archetype: string;
  /** Shape of the archetype; absent if the pack is not installed. */
  shape?: Archetype['shape'];
  /** Creation time, RFC 3339. */
  madeAt?: string;
  /** Worst health of all environments. */
  health: Health;
  environments: FleetEnvironment[];
}

/** A tenant that the reader can see, with the fields for the fleet page. @public */
export interface FleetTenant {
  name: string;
  title: string;
  /** Role of the reader; absent for platform engineers who are not members. */
  myRole?: TenantRole;
  /** Present while members have read-only access. */
  cordon?: { reason: string };
  /** Environments in which the reader can restart, pause and resume apps. */
  operates: string[];
}

/** All apps that a person can see, and their tenants. @public */
export interface FleetView {
  items: FleetRow[];
  tenants: FleetTenant[];
}

/** A message of the watched fleet. Apps are identified by `<tenant>/<name>`. @public */
export type FleetMessage =
  | ({ type: 'snapshot' } & FleetView)
  | {
      type: 'changed';
      items: FleetRow[];
      /** Apps that were deleted or are no longer visible to the reader. */
      removed: string[];
      /** All tenants, if one of them changed. */
      tenants?: FleetTenant[];
    };
