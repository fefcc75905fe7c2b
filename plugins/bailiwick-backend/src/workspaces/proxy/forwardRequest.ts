import {
  request,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { requestHeaders, responseHeaders } from './headers';

/**
 * Sends a browser's request to the pod and streams the response.
 *
 * @throws the error of the connection or of the pod's response; nothing was sent to the browser if
 * `res.headersSent` is false
 */
export async function forwardRequest(
  req: IncomingMessage,
  res: ServerResponse,
  agent: Agent,
): Promise<void> {
  const response = await send(req, res, agent).catch(error => {
    if (res.destroyed || !isStale(error, req)) throw error;
    return send(req, res, agent);
  });
  await relay(response, res);
}

/** Sends the pod's response to the browser. */
export async function relay(
  response: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { headers, statusCode = 502, statusMessage } = response;
  res.writeHead(statusCode, statusMessage, responseHeaders(headers));
  // Events arrive long before the first byte of a body.
  res.flushHeaders();
  await pipeline(response, res);
}

/** Starts a request to the pod with the browser's method, path and headers. */
export function startRequest(
  { headers, method, url }: IncomingMessage,
  agent: Agent,
  more: OutgoingHttpHeaders = {},
): ClientRequest {
  return request({
    agent,
    method,
    path: url,
    headers: { ...requestHeaders(headers), ...more },
    setHost: false,
  });
}

function send(
  req: IncomingMessage,
  res: ServerResponse,
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isChunked = req.headers['transfer-encoding'] !== undefined;
    const outgoing = startRequest(
      req,
      agent,
      isChunked ? { 'transfer-encoding': 'chunked' } : {},
    );
    const abort = () => outgoing.destroy();
    res.once('close', abort);
    outgoing.once('close', () => res.off('close', abort));
    outgoing.once('response', resolve);
    outgoing.on('error', error => {
      // The rest of the body is read, so that the browser reads the response.
      req.unpipe(outgoing);
      req.resume();
      reject(Object.assign(error, { isReused: outgoing.reusedSocket }));
    });
    req.pipe(outgoing);
  });
}

/** Whether a request without a body failed on a reused connection, which the pod may have closed. */
function isStale(
  { isReused }: { isReused?: boolean },
  { method = '' }: IncomingMessage,
): boolean {
  return isReused === true && (method === 'GET' || method === 'HEAD');
}
