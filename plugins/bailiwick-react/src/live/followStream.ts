import {
  RequestFailedError,
  type Staleness,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createParser } from 'eventsource-parser';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** Temporary rejections: signed out, not found yet, too many requests. */
const passingRefusals = [401, 404, 429];
const firstRefusedPauseMs = 10_000;
const longestRefusedPauseMs = 60_000;
/** The server sends data at least every 10 s. */
const silenceMs = 25_000;

/** Path and callbacks of a stream. */
export interface StreamOptions<M> {
  open(signal: AbortSignal): Promise<Response>;
  signal: AbortSignal;
  /** @param id - id of the message, to resume after it; absent if the server sends none */
  onMessage(message: M, id?: string): void;
  /** Called when the portal loses the cluster, and with `null` when the cluster is back. */
  onStale(staleness: Staleness | null): void;
  /** Called whenever data arrives, also for heartbeats. */
  onHeard(): void;
  onBroken(error: Error): void;
}

/** Reads one response to its end. A silent connection counts as broken. */
async function readStream<M>({
  onHeard,
  onMessage,
  onStale,
  open,
  signal,
}: StreamOptions<M>): Promise<void> {
  const silent = new AbortController();
  const giveUp = () => silent.abort();
  let watchdog = setTimeout(giveUp, silenceMs);
  try {
    const response = await open(AbortSignal.any([signal, silent.signal]));
    const parser = createParser({
      onEvent: ({ data, event, id }) =>
        event === 'staleness'
          ? onStale(JSON.parse(data))
          : onMessage(JSON.parse(data), id),
    });
    const reader = response
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    for (
      let part = await reader.read();
      !part.done;
      part = await reader.read()
    ) {
      clearTimeout(watchdog);
      watchdog = setTimeout(giveUp, silenceMs);
      parser.feed(part.value);
      onHeard();
    }
  } finally {
    clearTimeout(watchdog);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

/**
 * Follows server-sent events (WHATWG HTML) until the signal aborts. Reconnects with back-off after an interruption,
 * slowly after a temporary rejection; other rejections (4xx) are final.
 */
export async function followStream<M>(
  options: StreamOptions<M>,
): Promise<void> {
  const { onBroken, onHeard, signal } = options;
  let breaks = 0;
  let refusals = 0;
  const hear = () => {
    breaks = 0;
    refusals = 0;
    onHeard();
  };
  while (!signal.aborted) {
    let isRefused = false;
    try {
      await readStream({ ...options, onHeard: hear });
      onBroken(new Error('The portal closed the connection'));
    } catch (error) {
      if (signal.aborted) return;
      onBroken(error as Error);
      if (error instanceof RequestFailedError && error.status < 500) {
        if (!passingRefusals.includes(error.status)) return;
        isRefused = true;
      }
    }
    await pause(
      isRefused
        ? growing(firstRefusedPauseMs, longestRefusedPauseMs, refusals++)
        : growing(firstPauseMs, longestPauseMs, breaks++),
    );
  }
}

/** Returns a doubled back-off, up to the maximum. */
function growing(firstMs: number, longestMs: number, times: number): number {
  return Math.min(firstMs * 2 ** times, longestMs);
}
