import { parseArgs } from 'node:util';

/** The command line is invalid; the message contains the reason. */
export class UsageError extends Error {}

/**
 * Reads numbers from a command line, each with its default.
 *
 * @throws UsageError for an unknown option, or a value that is no positive number
 */
export function benchOptions<Name extends string>(
  args: string[],
  defaults: Record<Name, number>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const values = parse(args, names);
  const read = names.map(name => {
    const value = Number(values[name] ?? defaults[name]);
    if (!(value > 0))
      throw new UsageError(`--${name} must be a positive number`);
    return [name, value];
  });
  return Object.fromEntries(read);
}

function parse(args: string[], names: string[]) {
  try {
    return parseArgs({
      args,
      options: Object.fromEntries(
        names.map(name => [name, { type: 'string' as const }]),
      ),
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
