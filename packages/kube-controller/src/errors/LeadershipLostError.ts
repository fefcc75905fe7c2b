/** Thrown when the lease could not be renewed in time; another process may lead now. @public */
export class LeadershipLostError extends Error {
  constructor() {
    super('The lease could not be renewed in time');
    this.name = 'LeadershipLostError';
  }
}
