import { parseArgs } from 'node:util';

/**
 * Reads numbers from a command line, each with its default.
 *
 * @throws Error for an unknown option, or a value that is no positive number
 */
export function benchOptions<Name extends string>(
  args: string[],
  defaults: Record<Name, number>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(
      names.map(name => [name, { type: 'string' as const }]),
    ),
  });
  const read = names.map(name => {
    const value = Number(values[name] ?? defaults[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a positive number`);
    return [name, value];
  });
  return Object.fromEntries(read);
}
