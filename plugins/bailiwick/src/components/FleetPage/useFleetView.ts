import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fleetChoices, readCriteria, type FleetChoice } from './fleetCriteria';
import { groupings, type Grouping } from './fleetGroups';

/** Address parameters that filter the apps. */
const filterKeys = ['q', 'health', ...fleetChoices];

/** Holds the reader's view of the fleet; it is in the address, so that it can be shared and saved. */
export function useFleetView() {
  const [params, setParams] = useSearchParams();
  const change = (changes: Record<string, string>) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        Object.entries(changes).forEach(([key, value]) =>
          value ? after.set(key, value) : after.delete(key),
        );
        after.sort();
        return after;
      },
      { replace: true },
    );
  const criteria = useMemo(() => readCriteria(params), [params]);
  const address = useMemo(() => {
    const sorted = new URLSearchParams(params);
    sorted.sort();
    return sorted.toString();
  }, [params]);
  const group = params.get('group') ?? '';
  return {
    criteria,
    /** Everything that was chosen, the same for the same choices. */
    address,
    isFiltered: filterKeys.some(key => params.get(key)),
    view: params.get('view') === 'table' ? ('table' as const) : 'board',
    /** `undefined` when none was chosen. */
    grouping: Object.hasOwn(groupings, group) ? (group as Grouping) : undefined,
    /** Heading by which the table is sorted, with `-` for downwards. */
    sort: params.get('sort') ?? '',
    setSearch: (text: string) => change({ q: text }),
    setChoice: (choice: FleetChoice, value: string) =>
      change({ [choice]: value }),
    toggleHealth: (health: Health) => {
      const { health: chosen } = criteria;
      const after = chosen.includes(health)
        ? chosen.filter(one => one !== health)
        : [...chosen, health];
      change({ health: after.join(',') });
    },
    setView: (view: 'board' | 'table') =>
      change({ view: view === 'table' ? view : '' }),
    setGrouping: (grouping: string) => change({ group: grouping }),
    setSort: (sort: string) => change({ sort }),
    clearFilters: () =>
      change(Object.fromEntries(filterKeys.map(key => [key, '']))),
    /** Opens the view of an address. */
    open: (saved: string) => setParams(new URLSearchParams(saved)),
  };
}

/** Result of {@link useFleetView}. */
export type FleetViewState = ReturnType<typeof useFleetView>;
