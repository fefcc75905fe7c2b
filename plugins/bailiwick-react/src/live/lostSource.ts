import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Live } from './useLive';

/** Unresponsive component, whose values may be stale. @public */
export interface LostSource {
  /** The cluster, the operator or the portal itself. */
  who: Staleness['who'] | 'portal';
  /** Last response of the component, in milliseconds since 1970 by this browser's clock. */
  at: number;
  /** Reason in one sentence. */
  why?: string;
}

/** Interruptions up to this time are not shown, milliseconds. */
export const graceMs = 3_000;

const LostSourceContext = createContext<LostSource | undefined>(undefined);

/** Marks everything below it as possibly stale. */
export const LostSourceProvider = LostSourceContext.Provider;

/** Returns the unresponsive component while the values around a component may be stale. @public */
export function useLostSource(): LostSource | undefined {
  return useContext(LostSourceContext);
}

/**
 * Returns the unresponsive component of a live value: the cluster or the operator at once, the portal after a grace
 * period.
 */
export function useLostSourceOf({
  error,
  heardAt,
  isLive = true,
  lost,
}: Partial<Live<unknown>>): LostSource | undefined {
  const [isGraceOver, setIsGraceOver] = useState(false);
  useEffect(() => {
    setIsGraceOver(false);
    if (isLive) return undefined;
    const timer = setTimeout(() => setIsGraceOver(true), graceMs);
    return () => clearTimeout(timer);
  }, [isLive]);
  const isPortalLost = !isLive && isGraceOver;
  const why = error?.message;
  return useMemo(
    () =>
      lost ??
      (isPortalLost && heardAt
        ? { who: 'portal', at: heardAt, why }
        : undefined),
    [heardAt, isPortalLost, lost, why],
  );
}
