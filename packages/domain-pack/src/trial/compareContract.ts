import type {
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../source/readYaml';
import type { ArchetypeSource } from '../source/schemas';

type Promised = ArchetypeSource['contract'];
type Word = Pick<DomainPack['spec']['vocabulary'][number], 'name' | 'unit'>;

/**
 * What the code of an app gives otherwise than its archetype promises. More is no difference.
 *
 * @param placeOf - what stands before the words on a part of the contract, such as `archetype.yaml:12: `
 */
export function compareContract(
  promised: Pick<Promised, 'functions' | 'checks' | 'verbs'>,
  real: Contract,
  vocabulary: readonly Word[],
  placeOf: (place: Place) => string = () => '',
): string[] {
  const results = promised.functions.flatMap((one, position) =>
    differences(one, real, vocabulary).map(
      words => `${placeOf(['functions', position])}${words}`,
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

/** What one function gives otherwise than it is promised. */
function differences(
  { name, result }: Promised['functions'][number],
  real: Contract,
  vocabulary: readonly Word[],
): string[] {
  const found = real.functions.find(one => one.name === name);
  if (!found) {
    const names = real.functions.map(one => one.name).join(', ');
    return [`There is no function ${name}; the code has ${names || 'none'}`];
  }
  const { columns = [], key = [], kind } = found.result;
  if (kind !== result.kind)
    return [`${name} gives a ${kind}, and a ${result.kind} is promised`];
  const keyWords = (list: readonly string[]) => list.join(', ') || 'none';
  const otherKey = isDeepStrictEqual(key, result.key ?? [])
    ? []
    : [
        `${name} has the key ${keyWords(key)}, and ${keyWords(
          result.key ?? [],
        )} is promised`,
      ];
  const otherColumns = (result.columns ?? []).flatMap(column => {
    const one = columns.find(it => it.name === column.name);
    if (!one) return [`${name} has no column ${column.name}`];
    if (one.type !== column.type)
      return [
        `${name}.${column.name} is a ${one.type}, and a ${column.type} is promised`,
      ];
    const unit = vocabulary.find(word => word.name === column.type)?.unit;
    if (unit !== undefined && one.unit !== undefined && one.unit !== unit)
      return [
        `${name}.${column.name} is in ${one.unit}, and a ${column.type} is in ${unit}: convert it, or make a word of its own for it`,
      ];
    return one.nullable && !column.nullable
      ? [
          `${name}.${column.name} may be empty, and a value is promised: write nullable: true, or let the code always give one`,
        ]
      : [];
  });
  const types = [found.result, result].map(one => one.schema?.type);
  const otherType =
    types[1] === undefined || types[0] === types[1]
      ? []
      : [`${name} gives a ${types[0]}, and a ${types[1]} is promised`];
  return [...otherKey, ...otherColumns, ...otherType];
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
        `There is no ${what} ${name}; write @${what} above its function${
          there.length > 0 ? `, or name one of: ${there.join(', ')}` : ''
        }`,
      ];
}
