import {
  isForbidden,
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';

/** How to install the prerequisites of a target. */
export const installHint =
  'apply the target part of the chart on this cluster: kubectl apply --server-side -f charts/bailiwick/templates -l bailiwick.dev/target=true';

/** Message about a target that accepts connections and does not respond. */
export const timeoutMessage = 'The API server timed out';

/** A target cannot be used; the message contains the reason and the remedy. */
export class TargetError extends Error {
  /** CamelCase cause. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = 'TargetProblem';
    this.reason = reason;
  }
}

/** Converts an error of a target's API server. */
export function toTargetError(error: unknown): TargetError {
  if (error instanceof TargetError) return error;
  const words = (error as Error).message;
  if (error instanceof KubeConnectionError)
    return new TargetError('Unreachable', unreachable(error));
  if (error instanceof KubeApiError && error.status === 401)
    return new TargetError(
      'BadCredentials',
      'The API server rejects the credentials; update the Secret with valid credentials',
    );
  return isForbidden(error)
    ? new TargetError('Forbidden', `${words}; ${installHint}`)
    : new TargetError('NotReady', `The API server returned an error: ${words}`);
}

function unreachable({ cause }: KubeConnectionError): string {
  const { code, message } = (cause ?? {}) as {
    code?: string;
    message?: string;
  };
  return code === 'UND_ERR_HEADERS_TIMEOUT'
    ? timeoutMessage
    : `The API server is unreachable (${code ?? message})`;
}
