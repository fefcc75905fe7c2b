import { useSearchParams } from 'react-router-dom';

/** Yes or no questions by which items of a list are picked; the key is in the address. */
export type Filters<T> = Record<
  string,
  { title: string; fits: (item: T, now: number) => boolean }
>;

/**
 * The filters of a list, which are in the address so that a view can be shared.
 *
 * @param choices - keys of the address that hold one value of many, such as a plan
 */
export function useFilters<T>(filters: Filters<T>, choices: string[] = []) {
  const [params, setParams] = useSearchParams();
  const chosen = Object.keys(filters).filter(key => params.has(key));
  const set = (key: string, value: string) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        if (value) after.set(key, value);
        else after.delete(key);
        return after;
      },
      { replace: true },
    );
  return {
    chosen,
    valueOf: (key: string) => params.get(key) ?? '',
    set,
    toggle: (key: string) => set(key, chosen.includes(key) ? '' : 'yes'),
    /** Drops the filters and keeps the rest of the address, such as what is opened. */
    clear: () =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          [...Object.keys(filters), ...choices].forEach(key =>
            after.delete(key),
          );
          return after;
        },
        { replace: true },
      ),
    fits: (item: T) => chosen.every(key => filters[key].fits(item, Date.now())),
  };
}
