import type {
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../problem/nearest';
import type { Place } from '../source/readYaml';
import type { ArchetypeManifest } from '../source/schemas';

type Promised = ArchetypeManifest['contract'];
type Column = Pick<
  NonNullable<Contract['functions'][number]['result']['columns']>[number],
  'name' | 'nullable' | 'type' | 'unit'
>;
type Word = Pick<DomainPack['spec']['vocabulary'][number], 'name' | 'unit'>;

/**
 * Compares the contract of an app's code with that of its archetype. Additional functions and columns are no
 * difference.
 *
 * @param placeOf - returns the prefix for messages on a part of the contract, such as `archetype.yaml:12: `
 */
export function compareContract(
  promised: Pick<Promised, 'functions' | 'checks' | 'verbs'>,
  real: Contract,
  vocabulary: readonly Word[],
  placeOf: (place: Place) => string = () => '',
): string[] {
  const results = promised.functions.flatMap((one, position) =>
    differences(one, real, vocabulary).map(
      ({ place, words }) =>
        `${placeOf(['functions', position, ...place])}${words}`,
    ),
  );
  return [
    ...results,
    ...(['checks', 'verbs'] as const).flatMap(list =>
      (promised[list] ?? []).flatMap((name, position) =>
        lacking(list, name, real[list]).map(
          words => `${placeOf([list, position])}${words}`,
        ),
      ),
    ),
  ];
}

interface Difference {
  /** Place below the function in the contract. */
  place: Place;
  words: string;
}

/** Compares the contract of one function with the promised one. */
function differences(
  { name, result }: Promised['functions'][number],
  real: Contract,
  vocabulary: readonly Word[],
): Difference[] {
  const found = real.functions.find(one => one.name === name);
  if (!found) {
    const names = real.functions.map(one => one.name).join(', ');
    return [
      {
        place: [],
        words: `The function ${name} does not exist; the code has ${
          names || 'no functions'
        }`,
      },
    ];
  }
  const { columns = [], key = [], kind } = found.result;
  if (kind !== result.kind)
    return [
      {
        place: ['result', 'kind'],
        words: `${name} returns a ${kind}; the contract promises a ${result.kind}`,
      },
    ];
  const keyWords = (list: readonly string[]) => list.join(', ') || 'none';
  const otherKey = isDeepStrictEqual(key, result.key ?? [])
    ? []
    : [
        {
          place: ['result', 'key'],
          words: `${name} has the key ${keyWords(key)}, and ${keyWords(
            result.key ?? [],
          )} is promised`,
        },
      ];
  const otherColumns = (result.columns ?? []).flatMap((column, position) => {
    const words = columnDifference(column, columns, vocabulary);
    return words
      ? [
          {
            place: ['result', 'columns', position],
            words: `${name}${words}`,
          },
        ]
      : [];
  });
  const types = [found.result, result].map(one => one.schema?.type);
  const otherType =
    types[1] === undefined || types[0] === types[1]
      ? []
      : [
          {
            place: ['result', 'schema'],
            words: `${name} returns a ${types[0]}; the contract promises a ${types[1]}`,
          },
        ];
  return [...otherKey, ...otherColumns, ...otherType];
}

/** Describes how a column differs from the promised one; the text continues the function's name. */
function columnDifference(
  { name, nullable, type }: Column,
  there: readonly Column[],
  vocabulary: readonly Word[],
): string | undefined {
  const one = there.find(it => it.name === name);
  if (!one) {
    const meant = nearest(
      name,
      there.map(it => it.name),
    );
    return ` has no column ${name}${meant ? `; the code has ${meant}` : ''}`;
  }
  if (one.type !== type)
    return `.${name} has the type ${one.type}; the contract promises ${type}`;
  const unit = vocabulary.find(word => word.name === type)?.unit;
  if (unit !== undefined && one.unit !== undefined && one.unit !== unit)
    return `.${name} is in ${one.unit}, but ${type} is in ${unit}: convert the values or define another vocabulary type`;
  return one.nullable && !nullable
    ? `.${name} is nullable, but the contract promises a value: write nullable: true, or always return a value`
    : undefined;
}

function lacking(
  list: 'checks' | 'verbs',
  name: string,
  real: readonly { name: string }[] = [],
): string[] {
  const what = list.slice(0, -1);
  const there = real.map(one => one.name);
  return there.includes(name)
    ? []
    : [
        `The ${what} ${name} does not exist; write @${what} above its function${
          there.length > 0 ? `, or use one of: ${there.join(', ')}` : ''
        }`,
      ];
}
