import { columnChoices } from '../../compile';
import { compileSchema, mismatches } from '../../parameters/jsonSchema';
import type { SourceOfPack } from '../../source/readSource';
import { readTable } from '../../source/readTable';
import { knownNamesOf, oneOf, resolveSchema } from './KnownNames';
import type { Refuse } from './problemsIn';

type Schema = Record<string, any>;

/** Choices of which a remedy names some. */
const mostNamed = 20;

/** Refuses a column that offers nothing to choose from. */
export function checkColumn(
  { file, name: dataset }: { name: string; file?: unknown },
  column: string,
  text: string,
  refuse: (what: string, remedy: string) => void,
): void {
  const table = readTable(String(file), text);
  // Why the file cannot be read is reported where the data set is checked.
  if ('problem' in table) return;
  const choices = Object.keys(columnChoices(text));
  const { columns } = table;
  if (choices.includes(column)) return;
  if (columns.includes(column))
    refuse(
      `The column "${column}" of ${dataset} offers no choice`,
      `Choose one with few values that repeat: ${
        choices.join(', ') || 'there is none'
      }`,
    );
  else
    refuse(
      `The data set ${dataset} has no column "${column}"`,
      oneOf(choices.length > 0 ? choices : columns),
    );
}

/** Refuses defaults that a choice does not offer, and choices that the parameter itself does not take. */
export function checkOffers(
  pack: SourceOfPack,
  properties: Schema,
  refuse: Refuse,
): void {
  const { datasets } = knownNamesOf(pack);
  for (const [name, schema] of Object.entries(properties)) {
    const single = schema['x-bailiwick']?.options ? schema : schema.items ?? {};
    const { column, dataset } = single['x-bailiwick']?.options ?? {};
    const file = String(datasets.find(one => one.name === dataset)?.file);
    const text = pack.files.get(file);
    if (text === undefined || 'problem' in readTable(file, text)) continue;
    const choices = columnChoices(text)[column];
    if (!choices) continue;
    const place = ['parameters', 'properties', name];
    const strange = [schema.default ?? []]
      .flat()
      .filter(one => !choices.includes(String(one)));
    if (strange.length > 0)
      refuse(
        [...place, 'default'],
        `The default of ${name} is not among its choices: ${strange.join(
          ', ',
        )}`,
        oneOf(choices.slice(0, mostNamed)),
      );
    const checked = compileSchema(resolveSchema(pack, single));
    if ('fault' in checked) continue;
    const refused = choices.find(
      choice => mismatches(checked.validate, choice).length > 0,
    );
    if (refused !== undefined)
      refuse(
        [...place, 'x-bailiwick', 'options'],
        `The choice "${refused}" of ${name} breaks its own schema: it ${
          mismatches(checked.validate, refused)[0]
        }`,
        `Correct the column ${column} of ${file}, or the schema`,
      );
  }
}
