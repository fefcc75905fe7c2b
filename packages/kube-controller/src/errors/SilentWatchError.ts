/** A watch was silent for longer than the server's bookmarks allow; it is opened again. */
export class SilentWatchError extends Error {
  constructor() {
    super('The watch was silent for too long and is opened again');
    this.name = 'SilentWatchError';
  }
}
