/** The measured program did not carry out a request. */
export class StarvedError extends Error {
  override readonly name = 'StarvedError';
}
