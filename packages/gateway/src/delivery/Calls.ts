import type { FastifyInstance } from 'fastify';
import type { CallRecorder } from '../history';
import type { ReadLog } from '../reads';
import type { SnapshotStore } from '../snapshots';
import type { Upstream } from '../upstream';
import type { UsageRecorder } from '../usage';
import type { Directory, FunctionRequest } from './admit';
import { CallQuota } from './CallQuota';

/** Parts of a gateway that decide about calls, carry them out and record them. */
export interface DeliveryOptions {
  directory: Directory;
  upstream: Upstream;
  usage: Pick<
    UsageRecorder,
    | 'callsOn'
    | 'record'
    | 'recordFailure'
    | 'recordRead'
    | 'recordRows'
    | 'recordInUse'
    | 'recordCanary'
    | 'requestPod'
  >;
  history: Pick<CallRecorder, 'record' | 'recordRows'>;
  reads: Pick<ReadLog, 'record'>;
  snapshots: SnapshotStore;
}

/** The calls of all protocols; they share quotas and history. */
export interface Calls extends DeliveryOptions {
  quota: CallQuota;
  /** Requests of known functions with a valid token, which are added to the history with their response. */
  admitted: WeakSet<object>;
}

/** Refusals of apps that no reader can avoid. Readers cause the others below status 500. */
const failuresOfApps = new Set(['invalid-data', 'too-busy']);

/** Begins to count the calls of the routes of a server. */
export function countCalls(
  server: FastifyInstance,
  options: DeliveryOptions,
): Calls {
  const admitted = new WeakSet<object>();
  server.addHook('onResponse', async (request, reply) => {
    if (!admitted.has(request)) return;
    options.history.record((request as FunctionRequest).params, {
      isError:
        reply.statusCode >= 500 ||
        failuresOfApps.has(reply.failure?.type ?? ''),
      seconds: reply.elapsedTime / 1_000,
    });
  });
  const quota = new CallQuota(options.directory, options.usage);
  return { ...options, admitted, quota };
}
