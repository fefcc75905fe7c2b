/** A command failed; contains the reason and the remedy. */
export class CommandError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'CommandError';
    this.remedy = remedy;
  }
}
