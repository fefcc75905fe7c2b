import { parameterName, takenNames } from '../parameters/parameterNames';

/** Words that templates read as values. */
const literals = ['true', 'false', 'none', 'null'];

/** A name in words, such as `Max memory` of `max_memory` or `maxMemory`. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\p{Lu}(?=\p{Ll})/gu, letter => letter.toLowerCase());
  return words.charAt(0).toUpperCase() + words.slice(1) || 'Parameter';
}

/**
 * Returns the name of the parameter for a path of names, such as `resources_cpu`; unique among the others.
 */
export function nameOf(
  path: readonly string[],
  others: ReadonlySet<string>,
): string {
  const joined = path
    .map(part => part.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, ''))
    .filter(part => part !== '')
    .join('_');
  const begun = joined.charAt(0).toLowerCase() + joined.slice(1);
  const legal = parameterName.test(begun) ? begun : `parameter_${begun}`;
  const isTaken = [...takenNames, ...literals].includes(legal);
  const name = isTaken ? `${legal}_value` : legal;
  let free = name;
  for (let count = 2; others.has(free); count += 1) free = `${name}_${count}`;
  return free;
}
