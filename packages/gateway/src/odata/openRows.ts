import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parameterSchemas } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyReply } from 'fastify';
import leven from 'leven';
import { findFunction, openTable, type Calls, type Served } from '../delivery';
import { InvalidParameterError } from '../errors';
import { readParameters, requireKnown, withPresets } from '../parameters';
import type { OpenSnapshot } from '../snapshots';
import type { Collection } from './collections';
import { BadODataError } from './errors';
import type { ODataRequest } from './odataRoute';
import { systemOptions } from './queryOptions';

interface RowsRequest {
  calls: Calls;
  collection: Collection;
  gone: AbortSignal;
  grant: Grant;
  reply: FastifyReply;
  request: ODataRequest;
  served: Served;
}

/**
 * Opens the result of a function.
 *
 * @param texts - parameters of the function; others are left to clients, such as the name of an API key, unless they are
 *   misspelled parameters or options
 * @param digest - digest of the rows of earlier pages
 * @throws GatewayError
 */
export async function openRows(
  { calls, collection, gone, grant, reply, request, served }: RowsRequest,
  texts: readonly [name: string, value: string][],
  digest: string | undefined,
): Promise<OpenSnapshot> {
  const { properties } = collection;
  // With the parameters that the grant fixes.
  const fn = findFunction(served.contract, collection.fn.name);
  const known = parameterSchemas(fn.parameters).map(([name]) => name);
  const names = texts.map(([name]) => name);
  requireNoOption(names.filter(name => !known.includes(name)));
  requireKnown(
    fn.name,
    names.filter(name => isMeant(name, [...known, 'asOf'])),
    known,
  );
  const asked = new URLSearchParams(
    texts.filter(([name]) => known.includes(name)),
  );
  requireParameters(collection, asked);
  const parameters = withPresets(readParameters(asked, fn), grant.spec.presets);
  const { id, params: target } = request;
  return openTable({
    calls,
    digest,
    fn,
    gone,
    grant,
    id,
    parameters,
    properties,
    reply,
    served,
    target,
  });
}

/** Whether a name is probably a parameter: with one or two other characters, or with other letters. */
function isMeant(name: string, parameters: string[]): boolean {
  const letters = name.toLowerCase();
  return parameters.some(
    parameter =>
      leven(letters, parameter.toLowerCase()) <= (parameter.length < 5 ? 1 : 2),
  );
}

/** @throws BadODataError for an option without its `$`, which would change the rows */
function requireNoOption(names: string[]): void {
  const options: readonly string[] = systemOptions;
  const option = names.find(name => options.includes(`$${name.toLowerCase()}`));
  if (option !== undefined)
    throw new BadODataError(
      `There is no parameter ${option}; write $${option.toLowerCase()} for the option`,
    );
}

function requireParameters(
  { name, parameters }: Collection,
  asked: URLSearchParams,
): void {
  const missing = parameters
    .filter(one => one.isRequired && !asked.has(one.name))
    .map(one => one.name);
  if (missing.length === 0) return;
  throw new InvalidParameterError(
    `${name} needs a value for ${missing.join(
      ', ',
    )}; add it to the address, such as ${name}?${missing[0]}=…`,
    { fields: { parameter: missing[0] } },
  );
}
