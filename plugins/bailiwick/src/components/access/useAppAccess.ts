import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isInProgress } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppAccessView,
  ReadAccessView,
  RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  useLiveList,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** An app by tenant and name. */
export interface AppRef {
  tenant: string;
  name: string;
}

/** Whether a request is one of the reader for access, which is not settled yet. */
export function isPendingAccess(request: RequestView): boolean {
  const { mine, spec } = request;
  return Boolean(
    mine && spec.action === 'grantAccess' && isInProgress(request),
  );
}

/** Returns the access that the reader was granted outside their tenants, live; `undefined` while it is unknown. */
export function useGrantedAccess(): ReadAccessView[] | undefined {
  const requests = useLiveList<RequestView>('/requests').value;
  // Access begins with a request; people without one need no further connection.
  const mayHaveAccess = requests?.some(
    ({ mine, spec }) => mine && spec.action === 'grantAccess',
  );
  const granted = useLiveValue<{ items: ReadAccessView[] }>(
    mayHaveAccess ? '/access' : undefined,
  );
  return mayHaveAccess === false ? [] : granted.value?.items;
}

/** Returns the reader's access to an app without membership, and their pending requests for it. */
export function useAppAccess({ name, tenant }: AppRef) {
  const requests = useLiveList<RequestView>('/requests').value ?? [];
  const own = requests.filter(
    ({ mine, spec: { action, target } }) =>
      mine &&
      action === 'grantAccess' &&
      target.name === name &&
      target.namespace === homeNamespace(tenant),
  );
  const access = useLiveValue<AppAccessView>(
    `/tenants/${tenant}/apps/${name}/access`,
  );
  return { access, pending: own.filter(isPendingAccess) };
}
