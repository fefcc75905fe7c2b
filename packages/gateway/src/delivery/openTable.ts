import type {
  ContractFunction,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyReply } from 'fastify';
import { InvalidResultError } from '../errors';
import { readRowArrays } from '../formats';
import { canonicalJson } from '../json';
import type { Target } from '../login';
import type { OpenSnapshot } from '../snapshots';
import { tableColumns, type Property } from '../tables';
import { callFunction } from './callFunction';
import type { Calls } from './Calls';
import { codeOf, type Served } from './findServed';

/** A table of a function that is wanted. */
export interface TableRequest {
  calls: Pick<Calls, 'directory' | 'snapshots' | 'upstream' | 'usage'>;
  fn: ContractFunction;
  gone: AbortSignal;
  grant: Grant;
  /** Identifier of the request. */
  id: string;
  parameters: Record<string, unknown>;
  properties: readonly Property[];
  /** Response whose end releases the snapshot. */
  reply: FastifyReply;
  served: Served;
  target: Target;
  /** Digest of the rows of earlier pages. */
  digest?: string;
}

/**
 * Opens the result of a function as a snapshot, which is keyed by everything that decides about its rows, until the
 * response ends.
 *
 * @throws GatewayError
 */
export async function openTable({
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
  target: { app, environment, tenant },
}: TableRequest): Promise<OpenSnapshot> {
  const { key = [] } = fn.result;
  const columns = tableColumns(properties).map(column => ({
    ...column,
    isKey: key.includes(column.name),
  }));
  const target = { app, environment, fn: fn.name, tenant };
  const snapshot = await calls.snapshots.open({
    key: canonicalJson({
      ...target,
      code: codeOf(served),
      columns,
      parameters,
    }),
    columns,
    digest,
    signal: gone,
    load: async signal => {
      const call = { ...target, parameters, id, signal };
      const answer = await callFunction(calls, call, { grant, served }, 'call');
      const { body, modifiedAt, run } = answer;
      return { rows: readRowArrays(body, fn), run, modifiedAt };
    },
    onMisfit: (reason, cause) =>
      new InvalidResultError(
        `The result of ${fn.name} does not match its contract: ${reason}; contact the owners of the app`,
        { cause },
      ),
  });
  // The reader may have disconnected meanwhile.
  if (reply.raw.closed) snapshot.release();
  else reply.raw.once('close', snapshot.release);
  return snapshot;
}
