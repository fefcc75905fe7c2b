import {
  answerChoices,
  columnOptions,
  isParameterShown,
  offeredChoices,
  type AnswerRules,
  type ColumnOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { compileDatasets } from '../../compile';
import { distinctValues, mostChoices } from '../../compile/columnChoices';
import { compileSchema, mismatches } from '../../parameters/jsonSchema';
import { proposedAnswers } from '../../parameters/proposedAnswers';
import type { PackSource } from '../../source/readSource';
import { tableOf } from '../../source/tableOf';
import { oneOf, resolveSchema } from './KnownNames';
import type { Refuse } from './problemsIn';

type Schema = Record<string, any>;

/** Choices of which a remedy names some. */
const mostNamed = 20;

/** Refuses a column that offers nothing to choose from. */
export function checkColumn(
  pack: PackSource,
  { column, dataset: name }: ColumnOptions,
  refuse: (what: string, remedy: string) => void,
): void {
  const dataset = compileDatasets(pack).find(one => one.name === name);
  // A missing file is reported where the data set names it.
  if (!dataset || !pack.files.has(dataset.file)) return;
  const table = tableOf(pack.files, dataset.file);
  if (!table) {
    refuse(
      `The data set ${name} has no columns to choose from`,
      'Choose a data set whose file ends in .csv',
    );
    return;
  }
  // Why the file cannot be read is reported where the data set is checked.
  if ('problem' in table) return;
  const { length } = distinctValues(table, column);
  if (!table.columns.includes(column))
    refuse(
      `The data set ${name} has no column "${column}"`,
      oneOf(table.columns, column),
    );
  else if (length === 0)
    refuse(
      `The column "${column}" of ${name} has no values to choose from`,
      `Fill in its cells in ${dataset.file}, or choose another column`,
    );
  else if (length > mostChoices)
    refuse(
      `The column "${column}" of ${name} has ${length} distinct values; a form offers at most ${mostChoices}`,
      'Choose a column with fewer values',
    );
}

/** Refuses defaults that a choice does not offer, and choices that the parameter itself does not take. */
export function checkOffers(
  pack: PackSource,
  parameters: Schema,
  refuse: Refuse,
): void {
  const datasets = compileDatasets(pack);
  const proposed = proposedAnswers(parameters);
  const properties: Schema = parameters.properties ?? {};
  for (const [name, schema] of Object.entries<Schema>(properties)) {
    const options = columnOptions(schema);
    const choices = options && answerChoices(datasets, options);
    if (!choices) continue;
    const place = ['parameters', 'properties', name];
    const offered = offeredChoices(
      choices,
      isParameterShown(parameters, name, proposed)
        ? proposed
        : shownAnswers(schema, proposed),
    );
    const strange = [schema.default ?? []]
      .flat()
      .filter(one => !offered.includes(String(one)));
    const other = choices.narrowed?.parameter;
    if (strange.length > 0)
      refuse(
        [...place, 'default'],
        `The default of ${name} is not among its choices${
          other ? ` with the default of ${other}` : ''
        }: ${strange.join(', ')}`,
        other && offered.length === 0
          ? `Remove it, or give ${other} a default`
          : oneOf(offered.slice(0, mostNamed)),
      );
    const single = schema['x-bailiwick']?.options ? schema : schema.items ?? {};
    const checked = compileSchema(resolveSchema(pack, single));
    if ('fault' in checked) continue;
    const refused = choices.values.find(
      choice => mismatches(checked.validate, choice).length > 0,
    );
    const { file } = datasets.find(one => one.name === options.dataset)!;
    if (refused !== undefined)
      refuse(
        [...place, 'x-bailiwick', 'options'],
        `The choice "${refused}" of ${name} violates its own schema: it ${
          mismatches(checked.validate, refused)[0]
        }`,
        `Correct the column ${options.column} of ${file}, or the schema`,
      );
  }
}

/** Proposed answers, with those that show a parameter that they hide. */
function shownAnswers(schema: Schema, proposed: Schema): Schema {
  const { when } = schema['x-bailiwick'] as AnswerRules;
  return { ...proposed, [when!.parameter]: when!.is };
}
