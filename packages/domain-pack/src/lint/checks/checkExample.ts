import { wordCheck } from '../../parameters/wordCheck';
import type { PackSource } from '../../source/readSource';
import type { ArchetypeManifest } from '../../source/schemas';
import { knownNamesOf, namesOf } from './KnownNames';
import type { Refuse } from './problemsIn';

/**
 * Reports example rows with fields that no function returns, or with values that do not fit the words of their columns.
 */
export function checkExample(
  { contract, example = [] }: ArchetypeManifest,
  pack: PackSource,
  refuse: Refuse,
): void {
  const tables = contract.functions
    .filter(({ result }) => result.kind !== 'value')
    .map(({ result }) => result.columns ?? []);
  const { vocabulary } = knownNamesOf(pack);
  for (const [position, row] of example.entries()) {
    const fields = Object.keys(row);
    const columns = tables.find(one =>
      fields.every(field => namesOf(one).includes(field)),
    );
    // Those that no table has; all of them when they are columns of several tables.
    const unknown = fields.filter(
      field => !tables.some(one => namesOf(one).includes(field)),
    );
    if (!columns)
      refuse(
        ['example', position, ...unknown.slice(0, 1)],
        `The example has fields that no function returns: ${(unknown.length > 0
          ? unknown
          : fields
        ).join(', ')}`,
        `Use the columns of one function: ${tables
          .map(one => namesOf(one).join(', '))
          .join('; or ')}`,
      );
    for (const { name, nullable, type } of columns ?? []) {
      const value = row[name];
      if (value === undefined || (value === null && nullable)) continue;
      const word = vocabulary.find(one => one.name === type);
      const mismatch = word?.schema && wordCheck(word as never)?.(value);
      if (mismatch)
        refuse(
          ['example', position, name],
          `The ${name} ${JSON.stringify(
            value,
          )} of the example is not a valid ${type}: it ${mismatch}`,
          `Correct the example, or the schema of ${type}`,
        );
    }
  }
}
