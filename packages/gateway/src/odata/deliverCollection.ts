import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyReply } from 'fastify';
import { findFunction, goneOf, type Served } from '../delivery';
import { NotFoundError } from '../errors';
import { authorizeGrant, readQuery } from '../login';
import { trackRead } from '../reads';
import { CollectionResponse } from './CollectionResponse';
import type { Collection } from './collections';
import { openRows } from './openRows';
import type { ODataOptions, ODataRequest } from './odataRoute';
import { readPageToken } from './pageToken';
import type { Resource } from './parsePath';
import { readQueryOptions } from './queryOptions';
import { readOperation } from './readOperation';

/** A request for rows of a collection. */
export interface CollectionRequest extends ODataOptions {
  /** Those that the reader may read. */
  collections: Collection[];
  grant: Grant;
  resource: Extract<Resource, { kind: 'collection' }>;
  /** Address of the service, with a slash at the end. */
  root: string;
  /** Address of the request without its query. */
  address: string;
  served: Served;
}

/** Answers a request for rows, their number, a row, or a value of a row. */
export async function deliverCollection(
  request: ODataRequest,
  reply: FastifyReply,
  it: CollectionRequest,
): Promise<FastifyReply> {
  const { address, calls, grant, resource, root, served } = it;
  const collection = findCollection(request, it);
  // From here on, the request is about the function.
  request.params.fn = collection.fn.name;
  calls.admitted.add(request);
  const { release, revision } = served.environment;
  const code = release ?? revision;
  const read = trackRead(request, reply, { grant, code }, calls);
  read.format = 'OData';
  const query = readQuery(request.url);
  const options = readQueryOptions(query);
  const operation = readOperation(resource, collection, options);
  const page =
    options.skipToken === undefined
      ? undefined
      : readPageToken(options.skipToken, query);
  await calls.quota.take(served.app, request.params, grant);
  const gone = goneOf(reply);
  const snapshot = await openRows(
    { calls, collection, gone, grant, reply, request, served },
    [...options.custom, ...operation.parameters],
    page?.digest,
  );
  calls.usage.record(grant);
  const response = new CollectionResponse({
    request,
    reply,
    address,
    collection,
    gone,
    options,
    query,
    read,
    root,
    snapshot,
  });
  switch (operation.kind) {
    case 'count':
      return response.count();
    case 'entity':
      return response.entity(operation.key);
    case 'property':
      return response.property(
        operation.key,
        operation.property,
        operation.isRaw,
      );
    default:
      return response.page(page?.sent ?? 0);
  }
}

function findCollection(
  { params }: ODataRequest,
  { calls, collections, grant, resource, served }: CollectionRequest,
): Collection {
  const { name } = resource;
  const found = collections.find(one => one.name === name);
  if (found) return found;
  const fn = findFunction(served.contract, name);
  authorizeGrant(grant, { ...params, fn: fn.name }, calls.directory);
  throw new NotFoundError(
    `${name} is not available over OData, which supports only tables with unique column names; available: ${
      collections.map(one => one.name).join(', ') || 'none'
    }`,
  );
}
