/** Messages of a runtime about a port without a listener. */
const refused = /connection refused/i;

/** Thrown when a pod's port is unreachable; has the kubelet's message. @public */
export class PortForwardError extends Error {
  /** Whether the pod is reachable but no program listens on the port yet. */
  readonly isRefused: boolean;

  constructor(port: number, pod: string, words: string) {
    const isRefused = refused.test(words);
    const cause = isRefused ? 'connection refused' : words.trim();
    super(`Port ${port} of pod ${pod} is unreachable: ${cause}`);
    this.name = 'PortForwardError';
    this.isRefused = isRefused;
  }
}
