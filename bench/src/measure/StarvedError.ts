/** The program that is measured did not carry out what people asked for. */
export class StarvedError extends Error {
  override readonly name = 'StarvedError';
}
