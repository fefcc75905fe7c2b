/** The API server could not be reached, or the connection broke. */
export class KubeConnectionError extends Error {
  constructor(server: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super(`The API server ${server} could not be reached: ${words}`, { cause });
    this.name = 'KubeConnectionError';
  }
}
