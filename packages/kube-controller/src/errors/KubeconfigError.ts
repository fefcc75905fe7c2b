/** A kubeconfig is missing or invalid; the message contains the remedy. @public */
export class KubeconfigError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubeconfigError';
  }
}
