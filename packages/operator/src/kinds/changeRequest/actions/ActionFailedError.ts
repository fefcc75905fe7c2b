/** A request can never be carried out; the message contains the reason for the requester. */
export class ActionFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ActionFailedError';
  }
}

/** Refuses a request with problems. @throws ActionFailedError */
export function refuse(problems: string[]): void {
  if (problems.length > 0) throw new ActionFailedError(problems.join('; '));
}
