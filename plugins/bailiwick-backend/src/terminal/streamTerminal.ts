import type { Response } from 'express';
import type { TerminalMessage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { endOnStop, onDisconnect } from '../live';
import type { TerminalSession } from './TerminalSession';

const heartbeatMs = 10_000;

/**
 * Tells a terminal as server-sent events (WHATWG HTML) until it is over, and ends it when the reader
 * goes. A program that says more than the reader takes waits.
 */
export function streamTerminal(
  response: Response,
  session: TerminalSession,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  endOnStop(response);
  const heartbeat = setInterval(
    () => response.write(': alive\n\n'),
    heartbeatMs,
  );
  // Covers a client that disconnected while the terminal was opened.
  onDisconnect(response, () => {
    clearInterval(heartbeat);
    session.end('It was closed.');
  });
  response.on('drain', () => session.resume());
  session.start((message: TerminalMessage) => {
    response.write(`data: ${JSON.stringify(message)}\n\n`);
    if (message.type === 'end') response.end();
    else if (response.writableNeedDrain) session.pause();
  });
}
