import { WatchFrameError, type KubeStatus } from '../errors';
import type { KubeObject } from '../objects';

/** One frame of a watch; a bookmark carries only a resource version. @public */
export type WatchFrame<T extends KubeObject> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: T }
  | { type: 'ERROR'; object: KubeStatus };

/**
 * Splits the stream of a watch into frames, one per line.
 *
 * @throws WatchFrameError when a line is invalid or the last one is cut off
 */
export async function* readWatchFrames<T extends KubeObject>(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<WatchFrame<T>> {
  const decoder = new TextDecoder();
  // Large objects arrive in many chunks; joining once per line keeps this linear.
  let pending: string[] = [];
  for await (const chunk of bytes) {
    const [first, ...lines] = decoder
      .decode(chunk, { stream: true })
      .split('\n');
    pending.push(first);
    for (const line of lines) {
      yield* parse<T>(pending.join(''));
      pending = [line];
    }
  }
  yield* parse<T>(pending.join(''));
}

function* parse<T extends KubeObject>(line: string): Generator<WatchFrame<T>> {
  if (line.trim() === '') return;
  try {
    const frame = JSON.parse(line);
    if (!frame?.type || !frame.object) throw new Error('no type or object');
    yield frame;
  } catch (error) {
    throw new WatchFrameError(line, error);
  }
}
