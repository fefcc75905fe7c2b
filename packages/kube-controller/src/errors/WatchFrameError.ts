/** A watch delivered something that is not a frame; the reader has to list again. */
export class WatchFrameError extends Error {
  constructor(line: string, cause: unknown) {
    super(`The watch delivered a broken frame of ${line.length} characters`, {
      cause,
    });
    this.name = 'WatchFrameError';
  }
}
