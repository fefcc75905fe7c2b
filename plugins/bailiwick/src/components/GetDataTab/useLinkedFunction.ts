import { useCallback } from 'react';
import { useLocation } from 'react-router-dom';

/**
 * Returns the function that the address names, such as `#prices` or `#prices.close` for one of its columns, and a
 * reference that scrolls to its card.
 */
export function useLinkedFunction() {
  const { hash } = useLocation();
  const [name] = hash.slice(1).split('.').map(decodeURIComponent);
  const ref = useCallback((card: HTMLElement | null) => {
    card?.scrollIntoView?.({ block: 'start' });
  }, []);
  return { name, ref };
}
