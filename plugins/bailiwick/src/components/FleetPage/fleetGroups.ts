import {
  healthWords,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { choiceTitles, valuesOf, type ShownApp } from './fleetCriteria';

const { environment: _environment, ...groupingChoices } = choiceTitles;

/** Ways to group apps, with labels; `tenant` is the default of the page. */
export const groupings = { ...groupingChoices, health: 'Health' } as const;

/** One of {@link groupings}. */
export type Grouping = keyof typeof groupings;

/** Apps that have something in common. */
export interface AppGroup {
  /** Common value of the group, as in the data. */
  key: string;
  apps: ShownApp[];
}

const collator = new Intl.Collator('en', { numeric: true });

/** Order of two texts, numbers in them by size. */
export function collate(one: string, other: string): number {
  return collator.compare(one, other);
}

/** From where one tries to where others rely on it. */
const usualOrder = ['dev', 'test', 'staging', 'prod'];

/** Worst first. */
export const healthsWorstFirst: Health[] = [
  'Failed',
  'Degraded',
  'Unknown',
  'Progressing',
  'Suspended',
  'Healthy',
];

function partsOf(app: ShownApp, by: Grouping): [string, ShownApp][] {
  if (by === 'health') return [[app.health, app]];
  if (by !== 'cluster') return valuesOf(by, app.row).map(value => [value, app]);
  return [...new Set(app.places.map(({ cluster }) => cluster ?? ''))].map(
    cluster => [
      cluster,
      {
        ...app,
        places: app.places.filter(one => (one.cluster ?? '') === cluster),
      },
    ],
  );
}

/**
 * Groups apps. An app on several clusters is in the group of each, with its environments there.
 *
 * @param titleOf - returns the title by which groups are sorted
 */
export function groupApps(
  apps: ShownApp[],
  by: Grouping,
  titleOf: (key: string) => string,
): AppGroup[] {
  const groups = new Map<string, ShownApp[]>();
  const add = (key: string, app: ShownApp) => {
    const group = groups.get(key);
    if (group) group.push(app);
    else groups.set(key, [app]);
  };
  for (const app of apps)
    for (const [key, part] of partsOf(app, by)) add(key, part);
  return [...groups]
    .map(([key, members]) => ({ key, apps: members }))
    .sort((a, b) =>
      by === 'health'
        ? healthsWorstFirst.indexOf(a.key as Health) -
          healthsWorstFirst.indexOf(b.key as Health)
        : collate(titleOf(a.key), titleOf(b.key)),
    );
}

/** Names of all environments, in the order in which tenants have them. */
export function environmentsOf(apps: ShownApp[]): string[] {
  const places = new Map<string, { sum: number; count: number }>();
  for (const { row } of apps)
    row.environments.forEach(({ name }, index) => {
      const { count, sum } = places.get(name) ?? { count: 0, sum: 0 };
      places.set(name, { sum: sum + index, count: count + 1 });
    });
  const shown = new Set(
    apps.flatMap(app => app.places.map(({ name }) => name)),
  );
  const rank = (name: string) => {
    const usual = usualOrder.indexOf(name);
    const { count, sum } = places.get(name)!;
    return usual < 0 ? sum / count : usual;
  };
  return [...shown].sort((a, b) => rank(a) - rank(b) || collate(a, b));
}

/** Returns the number of apps by health, for all states. */
export function countHealth(apps: ShownApp[]): Record<Health, number> {
  const counts = Object.fromEntries(healthWords.map(word => [word, 0]));
  for (const { health } of apps) counts[health] += 1;
  return counts as Record<Health, number>;
}
