import {
  RequestFailedError,
  type Staleness,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createParser } from 'eventsource-parser';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** Refusals that may pass: signed out, not there yet, asked too often. */
const passingRefusals = [401, 404, 429];
const firstRefusedPauseMs = 10_000;
const longestRefusedPauseMs = 60_000;
/** The server says something at least every 10 s. */
const silenceMs = 25_000;

/** What is followed, and who is told. */
export interface StreamOptions<M> {
  open(signal: AbortSignal): Promise<Response>;
  signal: AbortSignal;
  /** @param id - what the server calls the message, to go on after it; absent when it tells none */
  onMessage(message: M, id?: string): void;
  /** Told when the portal itself has lost the cluster, and with `null` when it is back. */
  onStale(staleness: Staleness | null): void;
  /** Told of every sign of life, messages or not. */
  onHeard(): void;
  onBroken(error: Error): void;
}

/** Reads one answer to its end. A silent connection is taken for dead. */
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
 * Follows server-sent events (WHATWG HTML) until the signal aborts. Connects again with growing
 * pauses after a break, slowly after a refusal that may pass; other refusals (4xx) are final.
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

/** Twice as long each time, up to the longest. */
function growing(firstMs: number, longestMs: number, times: number): number {
  return Math.min(firstMs * 2 ** times, longestMs);
}
