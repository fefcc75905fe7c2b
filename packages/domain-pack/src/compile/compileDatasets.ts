import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ColumnOptions } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { placesOf } from '../parameters/jsonSchema';
import type { PackSource } from '../source/readSource';
import { datasetSchema, type PackManifest } from '../source/schemas';
import { tableOf } from '../source/tableOf';
import { columnChoices, narrowedChoices } from './columnChoices';
import { columnLabels } from './columnLabels';

type DatasetSource = PackManifest['spec']['datasets'][number];
type Dataset = DomainPack['spec']['datasets'][number];
type Schema = Record<string, any>;

const compiled = new WeakMap<PackSource, Dataset[]>();

/**
 * Returns the datasets of a pack with the choices of their columns: options, options by another column, and labels. A
 * pack is compiled once; invalid datasets have no choices.
 */
export function compileDatasets(pack: PackSource): Dataset[] {
  const known = compiled.get(pack);
  if (known) return known;
  const datasets = datasetsOf(pack);
  const made = datasets.map(dataset => {
    const { file, name } = dataset;
    const table = tableOf(pack.files, file);
    if (!table || 'problem' in table) return dataset;
    const labels = columnLabels(pack.files, datasets, dataset);
    const chosen = optionsOf(pack, name);
    const optionsBy: NonNullable<Dataset['optionsBy']> = {};
    for (const { column, where } of chosen)
      for (const by of Object.keys(where ?? {})) {
        const values = narrowedChoices(table, column, by);
        if (values) optionsBy[column] = { ...optionsBy[column], [by]: values };
      }
    const options = columnChoices(
      table,
      chosen.map(({ column }) => column),
    );
    // Without empty objects: where an older version has entries, a server-side apply of `{}` results in `null`.
    return {
      ...dataset,
      ...(Object.keys(options).length > 0 && { options }),
      ...(Object.keys(optionsBy).length > 0 && { optionsBy }),
      ...(Object.keys(labels).length > 0 && { labels }),
    };
  });
  compiled.set(pack, made);
  return made;
}

/** The data sets of a `pack.yaml` that may be wrong elsewhere. */
function datasetsOf({ document, source }: PackSource): DatasetSource[] {
  if (source) return source.spec.datasets;
  const { spec } = (document.value ?? {}) as { spec?: { datasets?: unknown } };
  return (Array.isArray(spec?.datasets) ? spec.datasets : []).flatMap(
    one => datasetSchema.safeParse(one).data ?? [],
  );
}

/** Returns the columns of a dataset that forms offer as choices. */
function optionsOf(
  { archetypes }: PackSource,
  dataset: string,
): ColumnOptions[] {
  return archetypes
    .flatMap(({ source }) =>
      placesOf(source?.parameters, 'options')
        .filter(place => place.at(-2) === 'x-bailiwick')
        .map(place =>
          place.reduce<Schema>((part, key) => part[key], source!.parameters),
        ),
    )
    .filter((one): one is ColumnOptions => one?.dataset === dataset);
}
