/** The request cannot be carried out, now or later; the message says why to the person. */
export class RequestFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestFailedError';
  }
}

/** @throws RequestFailedError with all problems, when there are any */
export function refuse(problems: string[]): void {
  if (problems.length > 0) throw new RequestFailedError(problems.join('; '));
}
