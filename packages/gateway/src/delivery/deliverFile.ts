import type {
  ContractFunction,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { fileWriters, type FileType, type TableFile } from '../files';
import { stringifyExact } from '../json';
import { countBytes, type OpenRead } from '../reads';
import { propertiesOf } from '../tables';
import type { FunctionRequest } from './admit';
import type { Calls } from './Calls';
import { disconnectStalled } from './disconnectStalled';
import type { Served } from './findServed';
import { freshnessOf } from './freshnessOf';
import { openTable } from './openTable';

/** A table that is wanted as a file. */
export interface FileRequest {
  calls: Calls;
  fn: ContractFunction;
  format: FileType;
  gone: AbortSignal;
  grant: Grant;
  /** Parameters of the request, without those that the grant fixes. */
  asked: Record<string, unknown>;
  parameters: Record<string, unknown>;
  read: OpenRead;
  served: Served;
}

/**
 * Answers with a table as a file. It is complete before the first byte is sent, so failures have a status of their own.
 *
 * @throws GatewayError
 */
export async function deliverFile(
  request: FunctionRequest,
  reply: FastifyReply,
  it: FileRequest,
): Promise<FastifyReply> {
  const { asked, calls, fn, format, gone, grant, parameters, read, served } =
    it;
  const properties = propertiesOf(fn.result.columns ?? []);
  const snapshot = await openTable({
    calls,
    fn,
    gone,
    grant,
    id: request.id,
    parameters,
    properties,
    reply,
    served,
    target: request.params,
  });
  calls.usage.record(grant);
  const body = await fileWriters[format].write({
    fn,
    properties,
    snapshot,
    gone,
    origin: originOf(request, served, asked),
    onRows: read.addRows,
  });
  const sent = disconnectStalled(countBytes(body, read), reply);
  return reply
    .type(format)
    .headers(freshnessOf(snapshot))
    .send(Readable.from(sent, { objectMode: false }));
}

function originOf(
  { params: { app, environment, tenant } }: FunctionRequest,
  served: Served,
  parameters: Record<string, unknown>,
): TableFile['origin'] {
  const { release, revision } = served.environment;
  return [
    ['App', app],
    ['Tenant', tenant],
    ['Environment', environment],
    [release ? 'Release' : 'Commit', release ?? revision ?? ''],
    ['Parameters', stringifyExact(parameters)],
  ];
}
