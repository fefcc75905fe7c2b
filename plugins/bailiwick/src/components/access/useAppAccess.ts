import { useApi } from '@backstage/core-plugin-api';
import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** An app by tenant and name. */
export interface AppRef {
  tenant: string;
  name: string;
}

/** Whether a request is one of the reader for access, which is not settled yet. */
export function isPendingAccess({ mine, spec, status }: RequestView): boolean {
  return Boolean(
    mine &&
      spec.action === 'grantAccess' &&
      ['Open', 'Approved'].includes(status?.phase ?? 'Open'),
  );
}

/** State of requests for access: changes when one is decided, revoked or added, so that access is read again. */
export function accessState(requests: RequestView[]): string {
  return requests
    .filter(({ mine, spec }) => mine && spec.action === 'grantAccess')
    .map(({ metadata, status }) =>
      [metadata.name, status?.phase, status?.revocation?.at].join(' '),
    )
    .join();
}

/** What the reader can read of an app without membership, and their pending requests for it. */
export function useAppAccess({ name, tenant }: AppRef) {
  const client = useApi(bailiwickApiRef);
  const requests = useLiveList<RequestView>('/requests').value ?? [];
  const own = requests.filter(
    ({ mine, spec: { action, target } }) =>
      mine &&
      action === 'grantAccess' &&
      target.name === name &&
      target.namespace === homeNamespace(tenant),
  );
  const state = accessState(own);
  const access = useAsyncRetry(
    () => client.getAppAccess(tenant, name),
    // Read again when a request is decided or revoked.
    [client, name, tenant, state],
  );
  return { access, pending: own.filter(isPendingAccess) };
}
