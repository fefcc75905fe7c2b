import { noSniff } from '@bailiwick/backstage-kube-controller';
import type { Duplex } from 'node:stream';

/** Status, type and message by the code of Node.js. */
const answers: Record<string, [string, string, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'request-too-slow',
    'The request did not arrive in time; retry',
  ],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'request-too-large',
    'The address and the headers have more than 16 KiB; shorten the filter or the list of values',
  ],
};

/** Answers a request that cannot be read as HTTP, without echoing any of it, and closes the connection. */
export function answerMalformed(
  { code = '' }: NodeJS.ErrnoException,
  socket: Duplex,
): void {
  // A client that has disconnected gets no response.
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, type, message] = answers[code] ?? [
    '400 Bad Request',
    'bad-request',
    'The request is not valid HTTP',
  ];
  // OData calls the type a code.
  const body = JSON.stringify({ error: { type, code: type, message } });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    ...Object.entries(noSniff).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
