import { useSearchParams } from 'react-router-dom';

/**
 * Returns the query of the page's address, and a function that changes some of its keys and keeps the others; an
 * empty value removes its key. Unless `replace` is false, the browser's history skips the change.
 *
 * @public
 */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const change = (
    changes: Record<string, string | undefined>,
    { replace = true }: { replace?: boolean } = {},
  ) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes))
          if (value) after.set(key, value);
          else after.delete(key);
        return after;
      },
      { replace },
    );
  return [params, change] as const;
}
