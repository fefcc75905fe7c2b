import type {
  AppView,
  MeView,
  Plan,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** What the tabs of a tenant are drawn from. */
export interface TenantFacts {
  tenant: TenantView;
  /** The apps that live in it. */
  apps: AppView[];
  /** The requests about it, newest first. */
  requests: RequestView[];
  /** All that the reader sees. */
  tenants: TenantView[];
  /** The reader, once known. */
  me?: MeView;
  /** All plans, smallest first; none until known. */
  plans: Plan[];
  /** The plan of the tenant, once known. */
  plan?: Plan;
}
