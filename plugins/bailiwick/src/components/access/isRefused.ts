import { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Live } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Whether the portal does not let the reader see a value, as to who is no member of the tenant. */
export function isRefused({
  error,
  value,
}: Pick<Live<unknown>, 'error' | 'value'>): boolean {
  return (
    value === undefined &&
    error instanceof RequestFailedError &&
    [403, 404].includes(error.status)
  );
}
