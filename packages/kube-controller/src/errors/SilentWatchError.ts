/** Thrown when a watch received no data, not even bookmarks, for too long; it is reopened. @public */
export class SilentWatchError extends Error {
  constructor() {
    super('The watch received no data for too long and is reopened');
    this.name = 'SilentWatchError';
  }
}
