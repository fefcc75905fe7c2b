import type { Response } from 'express';
import type { TerminalMessage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { onDisconnect, openEventStream } from '../live';
import type { TerminalSession } from './TerminalSession';

/**
 * Streams a terminal as server-sent events (WHATWG HTML) until it ends, and ends it when the reader disconnects. A
 * program waits while its output exceeds the reader's speed.
 */
export function streamTerminal(
  response: Response,
  session: TerminalSession,
): void {
  openEventStream(response);
  // Covers a client that disconnected while the terminal was opened.
  onDisconnect(response, () => session.end('The session was closed.'));
  response.on('drain', () => session.resume());
  session.start((message: TerminalMessage) => {
    response.write(`data: ${JSON.stringify(message)}\n\n`);
    if (message.type === 'end') response.end();
    else if (response.writableNeedDrain) session.pause();
  });
}
