import type {
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import type { ArchetypeSource } from '../source/schemas';

type Promised = ArchetypeSource['contract'];
type Word = Pick<DomainPack['spec']['vocabulary'][number], 'name' | 'unit'>;

/** What the code of an app gives otherwise than its archetype promises. More is no difference. */
export function compareContract(
  promised: Pick<Promised, 'functions' | 'checks' | 'verbs'>,
  real: Contract,
  vocabulary: readonly Word[],
): string[] {
  const results = promised.functions.flatMap(({ name, result }) => {
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
  });
  return [
    ...results,
    ...lacking('check', promised.checks, real.checks),
    ...lacking('verb', promised.verbs, real.verbs),
  ];
}

function lacking(
  what: string,
  promised: readonly string[] = [],
  real: readonly { name: string }[] = [],
): string[] {
  return promised
    .filter(name => real.every(one => one.name !== name))
    .map(
      name => `There is no ${what} ${name}; write @${what} above its function`,
    );
}
