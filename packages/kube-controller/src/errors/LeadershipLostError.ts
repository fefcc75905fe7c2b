/** This process could not renew its lease in time; another one may lead now. */
export class LeadershipLostError extends Error {
  constructor() {
    super('The lease could not be renewed in time');
    this.name = 'LeadershipLostError';
  }
}
