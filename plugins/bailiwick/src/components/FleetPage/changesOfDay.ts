import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ShownApp } from './fleetCriteria';
import { idOfRow } from './fleet/useFleet';

const dayMs = 86_400_000;

/** A recent event of an app: its creation, or a change of its health. */
export interface RecentChange {
  id: string;
  /** RFC 3339. */
  at: string;
  app: ShownApp['row'];
  /** Absent for a new app. */
  place?: { name: string; health: Health; why: string };
}

/** Returns the changes within a day, newest first. Only the last change of an environment is known. */
export function changesOfDay(apps: ShownApp[], now: number): RecentChange[] {
  const recent: { change: RecentChange; time: number }[] = [];
  const add = (change: Omit<RecentChange, 'at'>, at?: string) => {
    const time = at ? Date.parse(at) : NaN;
    if (now - time < dayMs)
      recent.push({ change: { ...change, at: at! }, time });
  };
  for (const { places, row } of apps) {
    const id = idOfRow(row);
    add({ id: `${id} made`, app: row }, row.madeAt);
    for (const place of places)
      add({ id: `${id}/${place.name}`, app: row, place }, place.since);
  }
  return recent.sort((a, b) => b.time - a.time).map(({ change }) => change);
}
