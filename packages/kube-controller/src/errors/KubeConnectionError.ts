/** Thrown when the API server is unreachable or the connection breaks. @public */
export class KubeConnectionError extends Error {
  constructor(server: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super(`The API server ${server} is unreachable: ${words}`, { cause });
    this.name = 'KubeConnectionError';
  }
}
