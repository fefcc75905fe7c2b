import type { Duplex } from 'node:stream';

/** Statuses of requests that Node.js cannot read, by the code of its error; 400 for all others. */
const statuses: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Answers a request that cannot be read as HTTP, without a body, and closes the connection. */
export function answerMalformed(
  { code = '' }: NodeJS.ErrnoException,
  socket: Duplex,
): void {
  // A client that has disconnected gets no response.
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[code] ?? '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
