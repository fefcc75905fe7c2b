import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useCallback } from 'react';
import { isPendingAccess, useGrantedAccess } from './useAppAccess';
import type { AppRef } from './useAppAccess';

/** Access of the reader to an app's data: readable, requestable, or with a pending request. */
export type Readability = 'readable' | 'requestable' | 'pending';

/**
 * Returns a function that returns whether the reader can read the data of an app; `readable` while that is unknown. The
 * function changes only with the access of the reader.
 */
export function useReadability(): (app: AppRef) => Readability {
  const tenants = useLiveList<TenantView>('/tenants').value;
  const requests = useLiveList<RequestView>('/requests').value;
  const granted = useGrantedAccess();
  return useCallback(
    (app: AppRef) => {
      if (!tenants || !requests || !granted) return 'readable';
      const isReader =
        tenants.some(({ metadata }) => metadata.name === app.tenant) ||
        granted.some(one => one.tenant === app.tenant && one.app === app.name);
      if (isReader) return 'readable';
      return requests.some(request => isPendingAccess(request, app))
        ? 'pending'
        : 'requestable';
    },
    [granted, requests, tenants],
  );
}
