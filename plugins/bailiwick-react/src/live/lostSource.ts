import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Live } from './useLive';

/** Who does not respond, so that shown values may be out of date. */
export interface LostSource {
  /** The cluster, the operator or the portal itself. */
  who: Staleness['who'] | 'portal';
  /** When that one last responded, in milliseconds since 1970 by this browser's clock. */
  at: number;
  /** One sentence for people. */
  why?: string;
}

/** A stream that is opened again within this time was never interrupted for the reader, milliseconds. */
export const graceMs = 3_000;

const LostSourceContext = createContext<LostSource | undefined>(undefined);

/** Passes on to all parts of a page that what they show may be out of date. */
export const LostSourceProvider = LostSourceContext.Provider;

/** Returns who does not respond while the values around a component may be out of date. */
export function useLostSource(): LostSource | undefined {
  return useContext(LostSourceContext);
}

/** Returns who does not respond for a live value: the cluster or the operator at once, the portal after a grace period. */
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
