import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parameterSchemas } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { InvalidParameterError, NotAllowedError } from '../errors';
import { stringifyExact } from '../json';
import { coerce, NotCoercible, type ParameterSchema } from './coerce';

type Parameters = Record<string, unknown>;

/**
 * Reads the query of a call by the function's contract.
 *
 * @throws InvalidParameterError for a parameter that is unknown or not a value of its type
 */
export function readParameters(
  query: URLSearchParams,
  { name: fn, parameters }: ContractFunction,
): Parameters {
  const known: Record<string, ParameterSchema> = Object.fromEntries(
    parameterSchemas(parameters),
  );
  const names = [...new Set(query.keys())];
  requireKnown(fn, names, Object.keys(known));
  return Object.fromEntries(
    names.map(name => [name, readOne(name, query.getAll(name), known[name])]),
  );
}

/** @throws InvalidParameterError for a name that is not a parameter of the function, with those that are */
export function requireKnown(
  fn: string,
  names: string[],
  known: string[],
): void {
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length === 0) return;
  throw new InvalidParameterError(
    `${fn} has no parameter ${list(unknown)}; available: ${
      list(known) || 'none'
    }`,
    { fields: { parameter: unknown[0], known } },
  );
}

/**
 * Adds the presets of the grant to the parameters of the reader.
 *
 * @throws NotAllowedError when the reader sets another value of a preset parameter
 */
export function withPresets(
  asked: Parameters,
  presets: Parameters = {},
): Parameters {
  for (const [name, value] of Object.entries(presets)) {
    const isChanged =
      Object.hasOwn(asked, name) &&
      stringifyExact(asked[name]) !== stringifyExact(value);
    if (isChanged) {
      throw new NotAllowedError(
        `This token fixes ${name} to ${JSON.stringify(value)}; omit ${name}`,
        { fields: { parameter: name } },
      );
    }
  }
  return { ...asked, ...presets };
}

function readOne(
  name: string,
  texts: string[],
  schema: ParameterSchema,
): unknown {
  try {
    return coerce(texts, schema);
  } catch (error) {
    if (!(error instanceof NotCoercible)) throw error;
    throw new InvalidParameterError(
      `${name}: expected ${error.message}, got ${list(texts)}`,
      { fields: { parameter: name, expected: error.message } },
    );
  }
}

function list(names: string[]): string {
  return names.map(name => JSON.stringify(name)).join(', ');
}
