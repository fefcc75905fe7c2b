import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endOnStop, longestMs } from '../live';
import type { LogSelection } from './logQuery';
import { linesFrom, type LogSource } from './LogSource';

/** Bytes after which a log that is not followed ends. */
const mostBytes = 20_000_000;

/** Sends the log of one container as text, and follows it for 15 minutes on request. */
export async function streamLog(
  response: Response,
  client: KubeClient,
  source: Pick<LogSource, 'namespace' | 'pod'> & { container?: string },
  { previous, since, tail, follow }: LogSelection & { follow: boolean },
  gone: AbortSignal,
): Promise<void> {
  endOnStop(response);
  // A client that reads on reconnects and is authorized again.
  const over = AbortSignal.timeout(longestMs);
  const lines = linesFrom(client, source, {
    follow,
    previous,
    since,
    tail,
    signal: AbortSignal.any([gone, over]),
  });
  // A refusal arrives with the first line and is still sent as an error.
  const first = await lines.next();
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Content-Type-Options': 'nosniff',
  });
  const text = async function* text() {
    let bytes = 0;
    for (let one = first; !one.done; one = await lines.next()) {
      const line = `${one.value.text}\n`;
      bytes += Buffer.byteLength(line);
      if (!follow && bytes > mostBytes) {
        yield `… (truncated after ${mostBytes} bytes)\n`;
        return;
      }
      yield line;
    }
  };
  await pipeline(Readable.from(text()), response).catch(error => {
    if (over.aborted) response.end();
    else if (!gone.aborted) throw error;
  });
}
