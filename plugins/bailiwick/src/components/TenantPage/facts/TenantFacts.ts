import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  MeView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Live } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Data that the tabs of a tenant share. */
export interface TenantFacts {
  tenant: TenantView;
  /** The apps that live in it, none until known. */
  apps: AppView[];
  /** The requests about it, newest first, none until known. */
  requests: RequestView[];
  /** Whether, and how, apps and requests are known. */
  live: { apps: Live<AppView[]>; requests: Live<RequestView[]> };
  /** All that the reader sees. */
  tenants: TenantView[];
  /** The reader, once known. */
  me?: MeView;
  /** All plans, smallest first; none until known. */
  plans: Plan[];
  /** The plan of the tenant, once known. */
  plan?: Plan;
  /** Why the reader's rights or the plans are not known. */
  failure?: Error;
}
