/** A command cannot go on; says what is wrong and what to do about it. */
export class CommandError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'CommandError';
    this.remedy = remedy;
  }
}
