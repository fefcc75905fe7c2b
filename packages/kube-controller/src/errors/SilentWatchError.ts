/** Thrown when a watch received no data, not even bookmarks, for too long; it is reopened. */
export class SilentWatchError extends Error {
  constructor() {
    super('The watch was silent for too long and is opened again');
    this.name = 'SilentWatchError';
  }
}
