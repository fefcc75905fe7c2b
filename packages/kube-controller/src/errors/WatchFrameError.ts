/** Thrown when a watch received an invalid frame; the reader must list again. @public */
export class WatchFrameError extends Error {
  constructor(line: string, cause: unknown) {
    super(`The watch received an invalid frame of ${line.length} characters`, {
      cause,
    });
    this.name = 'WatchFrameError';
  }
}
