import {
  healthWords,
  worstHealth,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  FleetEnvironment,
  FleetRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Keys of the address that pick apps by one value each, with the words for them. */
export const choiceTitles = {
  tenant: 'Tenant',
  domain: 'Domain',
  version: 'Pack version',
  owner: 'Owner',
  cluster: 'Cluster',
  environment: 'Environment',
} as const;

/** One of {@link choiceTitles}. */
export type FleetChoice = keyof typeof choiceTitles;

/** The keys of {@link choiceTitles}. */
export const fleetChoices = Object.keys(choiceTitles) as FleetChoice[];

/** Criteria for the shown apps. Empty texts match all. */
export type FleetCriteria = Record<FleetChoice, string> & {
  search: string;
  /** Any of these; any at all when there is none. */
  health: Health[];
};

/** An app with those of its environments that are shown. */
export interface ShownApp {
  row: FleetRow;
  places: FleetEnvironment[];
  /** The worst visible health. */
  health: Health;
}

/** The criteria that an address holds. */
export function readCriteria(params: URLSearchParams): FleetCriteria {
  const health = (params.get('health') ?? '').split(',');
  const choices = fleetChoices.map(key => [key, params.get(key) ?? '']);
  return {
    ...(Object.fromEntries(choices) as Record<FleetChoice, string>),
    search: params.get('q') ?? '',
    health: healthWords.filter(word => health.includes(word)),
  };
}

/** Version of a pack as it is picked and shown: `rates 1.0.0`. */
export function versionOf({ pack, version }: FleetRow): string {
  return `${pack} ${version}`;
}

const values: Record<FleetChoice, (row: FleetRow) => string[]> = {
  tenant: row => [row.tenant],
  domain: row => [row.pack],
  version: row => [versionOf(row)],
  owner: row => [row.owner],
  cluster: row => row.environments.flatMap(({ cluster }) => cluster ?? []),
  environment: row => row.environments.map(({ name }) => name),
};

/** Values of an app that a choice picks by. */
export function valuesOf(choice: FleetChoice, row: FleetRow): string[] {
  return values[choice](row);
}

/** Returns the searchable text of an app. */
function wordsOf(row: FleetRow, titleOf: (tenant: string) => string): string {
  const { archetype, environments, name, owner, pack, tenant, title } = row;
  return [
    title,
    name,
    tenant,
    titleOf(tenant),
    owner,
    pack,
    archetype,
    ...environments.flatMap(place => [
      place.why,
      place.release ?? '',
      place.commit ?? '',
    ]),
  ]
    .join('\n')
    .toLowerCase();
}

/** Whether an app, or an environment that is shown of it, has a health. */
export function hasHealth(app: ShownApp, wanted: Health): boolean {
  return (
    app.health === wanted || app.places.some(({ health }) => health === wanted)
  );
}

/** Picks apps, and of each the environments that are asked for. */
export function pickApps(
  rows: FleetRow[],
  criteria: FleetCriteria,
  titleOf: (tenant: string) => string,
): ShownApp[] {
  const { cluster, environment, health } = criteria;
  const search = criteria.search.trim().toLowerCase();
  const isNarrowed = cluster !== '' || environment !== '';
  return rows.flatMap(row => {
    const isPicked = (['tenant', 'domain', 'version', 'owner'] as const).every(
      choice =>
        criteria[choice] === '' ||
        valuesOf(choice, row).includes(criteria[choice]),
    );
    const isFound = !search || wordsOf(row, titleOf).includes(search);
    if (!isPicked || !isFound) return [];
    const places = row.environments.filter(
      place =>
        (cluster === '' || place.cluster === cluster) &&
        (environment === '' || place.name === environment),
    );
    if (isNarrowed && places.length === 0) return [];
    const shown = {
      row,
      places,
      health: isNarrowed
        ? worstHealth(places.map(one => one.health))
        : row.health,
    };
    const isWanted =
      health.length === 0 || health.some(one => hasHealth(shown, one));
    return isWanted ? [shown] : [];
  });
}
