import { useApi } from '@backstage/core-plugin-api';
import type { PreflightView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useDebounce from 'react-use/esm/useDebounce';

/** Milliseconds without a change after which the portal is asked. */
const pause = 400;

interface NewTenant {
  name: string;
  reason: string;
  /** Name of the request that it replaces. */
  replaces?: string;
  spec: TenantSpec;
}

/** Result of the portal's preflight of a request. */
export interface TenantCheck {
  /** Why it would be rejected. */
  error?: Error;
  /** Whether it can be sent: nothing was changed since the check, which found nothing. */
  isPassed: boolean;
  isRunning: boolean;
  preflight?: PreflightView;
  /** Checks the same again. */
  retry: () => void;
}

/**
 * Checks a request while it is filled in, as the person would send it; nothing is created.
 *
 * @param request - undefined while something is missing
 */
export function useTenantCheck(request: NewTenant | undefined): TenantCheck {
  const client = useApi(bailiwickApiRef);
  const now = JSON.stringify(request);
  const [settled, setSettled] = useState<{ of: string; request?: NewTenant }>();
  useDebounce(() => setSettled({ of: now, request }), pause, [now]);
  const checked = useAsyncRetry(async () => {
    if (!settled?.request) return undefined;
    const { name, replaces, spec } = settled.request;
    const preflight = await client.preflightTenant({
      name,
      replaces,
      spec,
    });
    if (preflight.problems.length > 0)
      throw new Error(preflight.problems.join('; '));
    // The API server makes the final decision about requests.
    if (!preflight.refusal)
      await client.requestTenant(settled.request, { dryRun: true });
    return { of: settled.of, preflight };
  }, [client, settled]);
  const { retry } = checked;
  // Messages about an earlier state do not apply to this one.
  if (!request) return { isPassed: false, isRunning: false, retry };
  if (settled?.of !== now || checked.loading)
    return { isPassed: false, isRunning: true, retry };
  const preflight =
    checked.value?.of === now ? checked.value.preflight : undefined;
  return {
    error: checked.error,
    isPassed: preflight !== undefined && !preflight.refusal,
    isRunning: false,
    preflight,
    retry,
  };
}
