import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';
import type { Situation } from './nextStepOf';
import { useMe } from '../useMe';

/** Everything the home page shows; the situation is absent until it is known. */
export function useHome() {
  const client = useApi(bailiwickApiRef);
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
  const requests = useLiveList<RequestView>('/requests');
  const packs = useAsync(() => client.listPacks(), [client]);
  const plans = useAsync(() => client.listPlans(), [client]);
  const me = useMe();
  const isKnown =
    tenants.value &&
    apps.value &&
    requests.value &&
    !me.loading &&
    !packs.loading;
  const situation: Situation | undefined = isKnown
    ? {
        apps: apps.value ?? [],
        me: me.value,
        packs: packs.value,
        requests: requests.value ?? [],
        tenants: tenants.value ?? [],
      }
    : undefined;
  const next: Pick<Live<Situation>, 'value' | 'error'> = {
    value: situation,
    error: tenants.error ?? apps.error ?? requests.error,
  };
  return { apps, next, packs, plans, requests, situation };
}
