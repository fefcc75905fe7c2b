/** The request cannot be carried out, now or later; the message says why to the person. */
export class RequestFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestFailedError';
  }
}
