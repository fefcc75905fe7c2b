import { useSearchParams } from 'react-router-dom';

/**
 * The part of the page's address after `?`, and a function that changes some of its keys and keeps the
 * others; an empty value removes its key.
 */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const change = (changes: Record<string, string | undefined>) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes))
          if (value) after.set(key, value);
          else after.delete(key);
        return after;
      },
      { replace: true },
    );
  return [params, change] as const;
}
