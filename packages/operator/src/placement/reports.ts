import type { ConditionState } from '@bailiwick/backstage-kube-controller';
import type {
  AppEnvironmentStatus,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** State of one condition, without its type. */
export type PhaseState = Pick<ConditionState, 'status' | 'reason' | 'message'>;

/** State of one environment of an app; the hub adds since when. */
export type EnvironmentState = Omit<AppEnvironmentStatus, 'since'>;

/** Conditions of a tenant to which its phases lead, most telling first. */
export const tenantConditions = [
  'NamespacesReady',
  'LimitsReady',
  'AccessReady',
  'NetworkReady',
] as const;

/** States of the phases of a tenant by condition type. */
export type TenantStates = Partial<
  Record<(typeof tenantConditions)[number], PhaseState>
>;

/** Report of a target's controllers to the hub about an app. */
export interface AppReport {
  /** Generation of the app that they reconciled. */
  generation: number;
  environments: EnvironmentState[];
  /** Objects of an app being deleted that still exist. */
  left?: number;
}

/** Report of a target's controllers to the hub about a tenant. */
export interface TenantReport {
  /** Generation of the tenant that they reconciled. */
  generation: number;
  states: TenantStates;
  environments: NonNullable<NonNullable<Tenant['status']>['environments']>;
  /** Names of its namespaces that exist, so that the hub notices each deletion. */
  namespaces: string[];
}
