import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';

/** Everything the home page shows. */
export function useHome() {
  const client = useApi(bailiwickApiRef);
  const tenants = useLiveList<TenantView>('/tenants');
  const apps = useLiveList<AppView>('/apps');
  const requests = useLiveList<RequestView>('/requests');
  const packs = useAsync(() => client.listPacks(), [client]);
  return { tenants, apps, requests, packs };
}
