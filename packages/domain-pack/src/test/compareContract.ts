import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common';
import { isDeepStrictEqual } from 'node:util';
import type { ArchetypeSource } from '../source/schemas';

type Promised = ArchetypeSource['contract']['functions'][number];

/** What the code of an app gives otherwise than its archetype promises. More is no difference. */
export function compareContract(
  promised: readonly Promised[],
  real: Contract,
): string[] {
  return promised.flatMap(({ name, result }) => {
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
      return one.type === column.type
        ? []
        : [
            `${name}.${column.name} is a ${one.type}, and a ${column.type} is promised`,
          ];
    });
    return [...otherKey, ...otherColumns];
  });
}
