import { useCallback } from 'react';
import { useLocation } from 'react-router-dom';

/** The function or the column that the fragment of an address names. @public */
export interface LinkedField {
  /** Name of the function; empty without a fragment. */
  fn: string;
  /** Name of the column; absent if the fragment names a function. */
  column?: string;
  /** Scrolls to the element that it is given to. */
  ref: (element: HTMLElement | null) => void;
}

/**
 * Returns what the fragment of the address names, such as `#prices` or `#prices.close` for one of its columns.
 *
 * @public
 */
export function useLinkedField(): LinkedField {
  const { hash } = useLocation();
  const [fn, column] = hash.slice(1).split('.').map(decodeURIComponent);
  const ref = useCallback((element: HTMLElement | null) => {
    element?.scrollIntoView?.({ block: 'start' });
  }, []);
  return { fn, column, ref };
}
