import { useEffect, useState } from 'react';

const intervalMs = 30_000;

/**
 * Loads a value at once and then every 30 s while the page is visible. The last value stays when a later load fails.
 *
 * @param load - must keep its identity while it loads the same value
 */
export function usePolled<T>(load: () => Promise<T>): {
  value?: T;
  error?: Error;
} {
  const [state, setState] = useState<{
    of?: typeof load;
    value?: T;
    error?: Error;
  }>({});
  useEffect(() => {
    let isCurrent = true;
    const update = () =>
      load().then(
        value => isCurrent && setState({ of: load, value }),
        (error: Error) =>
          isCurrent &&
          setState(before =>
            before.of === load ? { ...before, error } : { of: load, error },
          ),
      );
    update();
    const timer = setInterval(() => {
      if (!document.hidden) update();
    }, intervalMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [load]);
  return state.of === load ? state : {};
}
