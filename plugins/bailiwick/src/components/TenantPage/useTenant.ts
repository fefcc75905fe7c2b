import { useApi } from '@backstage/core-plugin-api';
import {
  concernsTenant,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';
import { pendingFirst } from '../RequestsPage/requestSections';
import type { TenantFacts } from './facts/TenantFacts';
import { useMe } from '../useMe';

/** Returns a tenant with all data of its page, live. */
export function useTenant(name: string) {
  const client = useApi(bailiwickApiRef);
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
  const requests = useLiveList<RequestView>('/requests');
  const me = useMe();
  const allPlans = useAsync(() => client.listPlans(), [client]);
  const plans = allPlans.value ?? [];

  const about = (requests.value ?? [])
    .filter(({ spec }) => targetTenant(spec) === name)
    .sort(pendingFirst);
  const tenant = tenants.value?.find(({ metadata }) => metadata.name === name);
  const facts: TenantFacts | undefined = tenant && {
    tenant,
    apps: (apps.value ?? []).filter(app => app.tenant === name),
    requests: about.filter(request => concernsTenant(request, tenant)),
    live: { apps, requests },
    tenants: tenants.value ?? [],
    me: me.value,
    failure: me.error ?? allPlans.error,
    plans,
    plan: plans.find(({ metadata }) => metadata.name === tenant.spec.plan),
  };
  return {
    tenants,
    facts,
    requests: about,
    plans,
    /** Whether the requests are known, or why not. */
    isTold: Boolean(requests.value ?? requests.error),
  };
}
