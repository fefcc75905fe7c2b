import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { isOwnAddress } from '../address';
import { NotAllowedError } from '../errors';
import { canonicalJson } from '../json';
import { readQuery } from '../login';
import { readParameters, withPresets } from '../parameters';
import {
  sendMessages,
  serverSentEvents,
  takePushOptions,
  type Push,
  type PushReader,
  type PushRequest,
  type SharedCall,
  type WebSocketUpgrades,
} from '../push';
import { countBytes, type OpenRead } from '../reads';
import { useOf } from '../usage';
import { recheckStream, type Admitted, type FunctionRequest } from './admit';
import { canBeAtZero } from './askAwake';
import { callFunction } from './callFunction';
import type { Calls } from './Calls';
import { codeOf } from './findServed';
import { goneOf } from './goneOf';

/** Parts of a gateway that serve streams. */
export interface Streaming {
  push: Push;
  upgrades: WebSocketUpgrades;
  /** Address under which readers reach the gateway. */
  publicUrl?: string;
}

/** A stream that a reader asks for. */
interface StreamRead extends Admitted {
  calls: Calls;
  read: OpenRead;
}

/** Media type of streams. */
export const eventStream = 'text/event-stream';

/** Sends the stream of a function: as server-sent events, or as messages if the request asks for a WebSocket. */
export async function deliverEvents(
  request: FunctionRequest,
  reply: FastifyReply,
  streaming: Streaming,
  stream: StreamRead,
): Promise<FastifyReply> {
  const { admitted, history, usage } = stream.calls;
  const isSocket = streaming.upgrades.isPending(request);
  if (isSocket) {
    const isOwn = isOwnAddress(request, stream.served.environment);
    requireOwnOrigin(request, isOwn ? undefined : streaming.publicUrl);
  }
  stream.read.format = isSocket ? 'websocket' : `${eventStream}; charset=utf-8`;
  const reader = await open(request, reply, streaming, stream);
  usage.record(stream.grant);
  usage.recordRead(stream.grant, useOf(request, reply));
  // A stream counts when it starts; its duration is no latency.
  admitted.delete(request);
  history.record(request.params, { isError: false });
  return isSocket
    ? sendToSocket(request, reply, streaming, { ...stream, reader })
    : send(reply, { ...stream, reader });
}

/** Starts to read, within the limits of the grant. */
async function open(
  request: FunctionRequest,
  reply: FastifyReply,
  { push }: Streaming,
  stream: StreamRead,
): Promise<PushReader> {
  const { calls, fn, grant, served } = stream;
  const gone = goneOf(reply);
  const query = readQuery(request.url);
  const options = takePushOptions(query, request);
  const asked = readParameters(query, fn);
  const parameters = withPresets(asked, grant.spec.presets);
  const release = push.takeSlot(grant.metadata.uid ?? '');
  try {
    await calls.quota.take(served.app, request.params, grant);
    const call = sharedCall(request, stream, parameters);
    return await push.read({
      ...options,
      ...accessOf(request, stream),
      call,
      gone,
      breakOff: () => reply.raw.writableFinished || reply.raw.destroy(),
      release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

/** The call that all readers of the same code, function and parameters share. */
function sharedCall(
  { id, params }: FunctionRequest,
  { calls, fn, grant, served }: StreamRead,
  parameters: Record<string, unknown>,
): SharedCall {
  const { app, environment, tenant } = params;
  const place = [tenant, environment, app];
  return {
    id,
    title: app,
    app: place.join('/'),
    key: canonicalJson([...place, codeOf(served), fn.name, parameters]),
    columns: fn.result.key ?? [],
    open(after, signal) {
      const lastEventId = after === undefined ? undefined : String(after);
      const call = { ...params, parameters, id, lastEventId, signal };
      return callFunction(calls, call, { grant, served }, 'stream');
    },
  };
}

/** Checks of a reader during its stream, and its record at the end. */
function accessOf(
  request: FunctionRequest,
  { calls, grant, read, served }: StreamRead,
): Pick<PushRequest, 'check' | 'id' | 'onLeave' | 'onRows'> {
  const code = codeOf(served);
  return {
    id: request.id,
    check() {
      if (canBeAtZero(served)) calls.usage.recordInUse(grant);
      const now = recheckStream(request, calls.directory, grant);
      const isReplaced = now !== undefined && codeOf(now) !== code;
      return isReplaced ? { reason: 'release-changed' } : undefined;
    },
    onRows: read.addRows,
    onLeave(rows) {
      if (rows > 0) calls.usage.recordRows(grant, rows);
    },
  };
}

function send(
  reply: FastifyReply,
  { read, reader }: Pick<StreamRead, 'read'> & { reader: PushReader },
): FastifyReply {
  if (reader.hasEverything) {
    reader.leave();
    // This is how browsers learn not to connect again.
    return reply.code(204).send();
  }
  const text = countBytes(serverSentEvents(reader), read);
  return reply
    .type(read.format)
    .headers({ 'x-accel-buffering': 'no', vary: 'accept, authorization' })
    .send(Readable.from(text, { objectMode: false }));
}

async function sendToSocket(
  request: FunctionRequest,
  reply: FastifyReply,
  { upgrades }: Streaming,
  { read, reader }: Pick<StreamRead, 'read'> & { reader: PushReader },
): Promise<FastifyReply> {
  reply.hijack();
  const { raw } = reply;
  raw.statusCode = 101;
  // Metrics and log count the response when the connection has ended.
  raw.once('close', () => raw.emit('finish'));
  const socket = await upgrades.accept(request);
  read.isAborted = !(await sendMessages(socket, reader, bytes => {
    read.bytes += bytes;
  }));
  return reply;
}

/**
 * Refuses the pages of other origins: a browser sends the login that it remembers with any request for a WebSocket.
 *
 * @throws NotAllowedError
 */
function requireOwnOrigin(
  { headers, host }: FunctionRequest,
  publicUrl: string | undefined,
): void {
  const { origin } = headers;
  if (origin === undefined) return;
  const own = URL.parse(publicUrl ?? '')?.host ?? host;
  if (URL.parse(origin)?.host === own) return;
  throw new NotAllowedError(
    `Pages from ${origin} can't open this WebSocket; read the stream with a program`,
  );
}
