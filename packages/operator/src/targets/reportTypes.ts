import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { EnvironmentState } from '../app/status';
import type { TenantStates } from '../tenant/status';

/** What the controllers of a target saw of an app there. */
export interface AppReport {
  /** Generation of the app that they worked on. */
  generation: number;
  environments: EnvironmentState[];
  /** Of an app that goes: how many of its objects are still there. */
  left?: number;
}

/** What the controllers of a target saw of a tenant there. */
export interface TenantReport {
  /** Generation of the tenant that they worked on. */
  generation: number;
  states: TenantStates;
  environments: NonNullable<NonNullable<Tenant['status']>['environments']>;
  /** Names of its namespaces that are there. */
  namespaces: string[];
}
