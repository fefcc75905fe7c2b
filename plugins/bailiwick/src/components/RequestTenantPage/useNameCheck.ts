import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';

/** Milliseconds without a key pressed after which the portal is asked. */
const pause = 300;

/** Result of the portal's check of the name. */
export interface NameCheck {
  /** Why it cannot be had. */
  problem?: string;
  /** Whether the portal found nothing against it. */
  isFree: boolean;
}

/**
 * Asks the portal whether a tenant can have a name; it also knows tenants that the person cannot see.
 *
 * @param replaces - name of the request that the new one replaces
 */
export function useNameCheck(name: string, replaces?: string): NameCheck {
  const client = useApi(bailiwickApiRef);
  const [settled, setSettled] = useState('');
  useDebounce(() => setSettled(name), pause, [name]);
  const { value } = useAsync(async () => {
    if (settled === '') return undefined;
    const { problems } = await client.preflightTenant({
      name: settled,
      replaces,
    });
    return { of: settled, problem: problems[0]?.replace(/^name: /, '') };
  }, [client, replaces, settled]);
  // Messages about another name do not apply to this one.
  if (value?.of !== name) return { isFree: false };
  return { problem: value.problem, isFree: value.problem === undefined };
}
