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

const none: ReadAccessView[] = [];

/** An app by tenant and name. */
export interface AppRef {
  tenant: string;
  name: string;
}

/** Whether a request is for read access to an app without membership. */
export function isAccessRequest({ spec }: Pick<RequestView, 'spec'>): boolean {
  return spec.action === 'grantAccess';
}

/** Whether requests of the reader are in progress, and all of them are for access to data. */
export function onlyAsksForData(requests: readonly RequestView[]): boolean {
  const own = requests.filter(one => one.mine && isInProgress(one));
  return own.length > 0 && own.every(isAccessRequest);
}

/** Whether a request is one of the reader for access to an app, which is not settled yet. */
export function isPendingAccess(
  request: RequestView,
  { name, tenant }: AppRef,
): boolean {
  const { target } = request.spec;
  return Boolean(
    request.mine &&
      isAccessRequest(request) &&
      target.name === name &&
      target.namespace === homeNamespace(tenant) &&
      isInProgress(request),
  );
}

/** Returns the access that the reader was granted outside their tenants, live; `undefined` while it is unknown. */
export function useGrantedAccess(): ReadAccessView[] | undefined {
  const requests = useLiveList<RequestView>('/requests').value;
  // Access begins with a request; people without one need no further connection.
  const mayHaveAccess = requests?.some(
    request => request.mine && isAccessRequest(request),
  );
  const granted = useLiveValue<{ items: ReadAccessView[] }>(
    mayHaveAccess ? '/access' : undefined,
  );
  return mayHaveAccess === false ? none : granted.value?.items;
}

/** Returns the reader's access to an app without membership, and their pending requests for it. */
export function useAppAccess(app: AppRef) {
  const requests = useLiveList<RequestView>('/requests').value ?? [];
  const access = useLiveValue<AppAccessView>(
    `/tenants/${app.tenant}/apps/${app.name}/access`,
  );
  return {
    access,
    pending: requests.filter(request => isPendingAccess(request, app)),
  };
}
