import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  FleetEnvironment,
  FleetRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ShownApp } from './fleetCriteria';
import type { AppGroup } from './fleetGroups';
import { idOfRow } from './fleet/useFleet';

/** The heading of a group. */
export interface GroupItem {
  key: string;
  kind: 'group';
  group: AppGroup;
}

/** An app. */
export interface AppItem {
  key: string;
  kind: 'app';
  app: ShownApp;
}

/** An app in one environment, or one that runs nowhere. */
export interface PlaceItem {
  key: string;
  kind: 'place';
  app: ShownApp;
  place?: FleetEnvironment;
}

/** One line of the board. */
export type BoardItem = GroupItem | AppItem;

/** One line of the table. */
export type TableItem = GroupItem | PlaceItem;

/** Identifies a row; the same app can be in two groups. */
export function keyOfItem({ key }: { key: string }): string {
  return key;
}

/** The lines of the board. */
export function boardItems(groups: AppGroup[]): BoardItem[] {
  return groups.flatMap((group): BoardItem[] => [
    { key: group.key, kind: 'group', group },
    ...group.apps.map(app => ({
      key: `${group.key} ${idOfRow(app.row)}`,
      kind: 'app' as const,
      app,
    })),
  ]);
}

/**
 * The lines of the table.
 *
 * @param isGrouped - whether groups have headings
 * @param health - of which a line is one; any when empty
 * @param compare - order within a group
 */
export function tableItems(
  groups: AppGroup[],
  {
    compare,
    health,
    isGrouped,
  }: {
    isGrouped: boolean;
    health: Health[];
    compare: (one: PlaceItem, other: PlaceItem) => number;
  },
): TableItem[] {
  const isWanted = ({ place }: PlaceItem) =>
    health.length === 0 || !place || health.includes(place.health);
  return groups.flatMap((group): TableItem[] => [
    ...(isGrouped ? [{ key: group.key, kind: 'group' as const, group }] : []),
    ...group.apps
      .flatMap(app => placesOf(app, isGrouped ? group.key : ''))
      .filter(isWanted)
      .sort(compare),
  ]);
}

function placesOf(app: ShownApp, group: string): PlaceItem[] {
  const id = `${group} ${idOfRow(app.row)}`;
  const kind = 'place' as const;
  return app.places.length === 0
    ? [{ key: id, kind, app }]
    : app.places.map(place => ({
        key: `${id}/${place.name}`,
        kind,
        app,
        place,
      }));
}

/** An app as it is now, with the environments that are shown of it. */
function renewApp({ places, row }: ShownApp, rows: FleetRow[]): ShownApp {
  const now = rows.find(one => idOfRow(one) === idOfRow(row)) ?? goneRow(row);
  const names = places.map(({ name }) => name);
  return {
    row: now,
    places: now.environments.filter(({ name }) => names.includes(name)),
    health: now.health,
  };
}

/** Returns the row of an app that was deleted, or that the reader can no longer see. */
function goneRow(row: FleetRow): FleetRow {
  return {
    ...row,
    health: 'Unknown',
    environments: row.environments.map(place => ({
      ...place,
      health: 'Unknown',
      why: 'The app was deleted.',
      next: '',
    })),
  };
}

/** New content for a line that is shown although it is not asked for any more. */
export function renewItem<T extends BoardItem | TableItem>(
  item: T,
  rows: FleetRow[],
): T {
  if (item.kind === 'group')
    return { ...item, group: { ...item.group, apps: [] } };
  const app = renewApp(item.app, rows);
  if (item.kind === 'app') return { ...item, app };
  const place = app.places.find(({ name }) => name === item.place?.name);
  return { ...item, app, place };
}
