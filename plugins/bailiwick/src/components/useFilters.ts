import { useAddress } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Yes or no questions by which items of a list are picked; the key is in the address. */
export type Filters<T> = Record<
  string,
  { title: string; fits: (item: T, now: number) => boolean }
>;

/** One of several values by which items of a list are picked, such as a plan. */
export interface FilterChoice<T> {
  /** Name in the address. */
  key: string;
  title: string;
  /** Label for any value. */
  all: string;
  of: (item: T) => string;
  /** The label of a value; the value itself by default. */
  labelOf?: (value: string) => string;
}

/** The filters of a list, which are in the address so that a view can be shared. */
export function useFilters<T>(filters: Filters<T>, choice?: FilterChoice<T>) {
  const [params, change] = useAddress();
  const chosen = Object.keys(filters).filter(key => params.has(key));
  const picked = (choice && params.get(choice.key)) ?? '';
  return {
    chosen,
    /** The value of the choice; empty for any. */
    picked,
    pick: (value: string) => choice && change({ [choice.key]: value }),
    toggle: (key: string) =>
      change({ [key]: chosen.includes(key) ? '' : 'yes' }),
    /** Removes the filters and keeps the rest of the address, such as the opened item. */
    clear: () =>
      change({
        ...Object.fromEntries(chosen.map(key => [key, ''])),
        ...(choice && { [choice.key]: '' }),
      }),
    fits: (item: T) =>
      (!picked || choice?.of(item) === picked) &&
      chosen.every(key => filters[key].fits(item, Date.now())),
  };
}
