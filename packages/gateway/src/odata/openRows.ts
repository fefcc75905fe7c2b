import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parameterSchemas } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  callFunction,
  findFunction,
  type Calls,
  type Served,
} from '../delivery';
import { InvalidParameterError, InvalidResultError } from '../errors';
import { readRowArrays } from '../formats';
import { stringifyExact } from '../json';
import { readParameters, withPresets } from '../parameters';
import type { OpenSnapshot, SnapshotStore } from '../snapshots';
import type { Collection } from './collections';
import type { ODataRequest } from './odataRoute';
import { tableColumns } from './storage';

interface RowsRequest {
  calls: Calls;
  /** Release or revision. */
  code: string | undefined;
  collection: Collection;
  gone: AbortSignal;
  grant: Grant;
  request: ODataRequest;
  served: Served;
  snapshots: SnapshotStore;
}

/**
 * Opens the result of a function as a snapshot, which is keyed by everything that decides about its rows.
 *
 * @param texts - parameters of the function; others are left to clients, such as the name of an API key
 * @param digest - digest of the rows of earlier pages
 * @throws GatewayError
 */
export async function openRows(
  {
    calls,
    code,
    collection,
    gone,
    grant,
    request,
    served,
    snapshots,
  }: RowsRequest,
  texts: readonly [name: string, value: string][],
  digest: string | undefined,
): Promise<OpenSnapshot> {
  const { properties } = collection;
  // With the parameters that the grant fixes.
  const fn = findFunction(served.contract, collection.fn.name);
  const known = parameterSchemas(fn.parameters).map(([name]) => name);
  const asked = new URLSearchParams(
    texts.filter(([name]) => known.includes(name)),
  );
  requireParameters(collection, asked);
  const parameters = withPresets(readParameters(asked, fn), grant.spec.presets);
  const { app, environment, tenant } = request.params;
  const columns = tableColumns(properties);
  const target = { app, environment, fn: fn.name, tenant };
  return snapshots.open({
    key: stringifyExact({ ...target, code, columns, parameters }),
    columns,
    digest,
    signal: gone,
    load: async signal => {
      const call = { ...target, parameters, id: request.id, signal };
      const { body } = await callFunction(calls.upstream, call, served, 'call');
      return readRowArrays(body, fn);
    },
    onMisfit: (reason, cause) =>
      new InvalidResultError(
        `The result of ${fn.name} does not match its contract: ${reason}; contact the owners of the app`,
        { cause },
      ),
  });
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
