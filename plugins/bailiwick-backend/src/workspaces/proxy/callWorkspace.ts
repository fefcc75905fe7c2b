import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Maximum size of a response in bytes. */
const longestResponse = 32 * 2 ** 20;
/** Milliseconds until the response must be complete, by default. */
const defaultTimeout = 30_000;

/** A call of the portal to the workspace's server. */
export interface WorkspaceCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with the query, such as `/bailiwick/files`. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Milliseconds until the response must be complete; 30,000 by default. */
  timeout?: number;
  signal?: AbortSignal;
}

/** Response of the workspace's server; written by a person's code, so check its shape. */
export interface WorkspaceAnswer {
  status: number;
  /** Parsed JSON; `undefined` without a body. */
  body: unknown;
}

/** Thrown when a workspace does not give a valid response. */
export class WorkspaceCallError extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`The workspace did not respond as expected: ${reason}`, { cause });
    this.name = 'WorkspaceCallError';
  }
}

/**
 * Calls the workspace's server with JSON over a connection of its own.
 *
 * @throws WorkspaceCallError when the response is late, too large or not JSON, or the connection
 * breaks
 * @throws the error of `connect`, or the reason of the signal
 */
export async function callWorkspace(
  connect: () => Promise<Duplex>,
  { body, method, path, signal, timeout = defaultTimeout }: WorkspaceCall,
): Promise<WorkspaceAnswer> {
  const limit = AbortSignal.timeout(timeout);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  const stream = await connectWithin(connect, both).catch(error => {
    throw limit.aborted ? lateError(timeout) : error;
  });
  const abort = () => stream.destroy();
  both.addEventListener('abort', abort);
  try {
    const response = await send(stream, { method, path, body });
    return await read(response);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (limit.aborted) throw lateError(timeout);
    if (error instanceof WorkspaceCallError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkspaceCallError(reason, error);
  } finally {
    both.removeEventListener('abort', abort);
    stream.destroy();
  }
}

function lateError(timeout: number): Error {
  return new WorkspaceCallError(`it took longer than ${timeout / 1000} s`);
}

/** Opens a connection, or closes it when it opens too late. */
async function connectWithin(
  connect: () => Promise<Duplex>,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted();
  const opening = connect();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    opening.then(stream => {
      signal.removeEventListener('abort', abort);
      // The request reports errors; later ones are of no interest.
      stream.on('error', () => {});
      if (signal.aborted) stream.destroy();
      resolve(stream);
    }, reject);
  });
}

function send(
  stream: Duplex,
  { body, method, path }: Pick<WorkspaceCall, 'method' | 'path' | 'body'>,
): Promise<IncomingMessage> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => stream,
      method,
      path,
      headers: {
        host: '127.0.0.1',
        accept: 'application/json',
        connection: 'close',
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
      },
    });
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

async function read(response: IncomingMessage): Promise<WorkspaceAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    size += part.length;
    if (size > longestResponse)
      throw new WorkspaceCallError('its response exceeds 32 MiB');
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  return {
    status: response.statusCode ?? 502,
    body: text === '' ? undefined : parseJson(text),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkspaceCallError('its response is not JSON', error);
  }
}
