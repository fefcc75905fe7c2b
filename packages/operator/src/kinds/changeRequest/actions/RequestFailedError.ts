/** Thrown when a request can never be carried out; the message tells the requester why. */
export class RequestFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestFailedError';
  }
}

/** Refuses a request with problems. @throws RequestFailedError */
export function refuse(problems: string[]): void {
  if (problems.length > 0) throw new RequestFailedError(problems.join('; '));
}
