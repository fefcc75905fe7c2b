import {
  isForbidden,
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';

/** How to install the prerequisites of a target. */
export const installHint =
  'apply the part of the chart for targets there: kubectl apply --server-side -f charts/bailiwick/templates -l bailiwick.dev/target=true';

/** Message about a target that accepts connections and does not respond. */
export const timeoutMessage = 'Its API server does not answer in time';

/** Thrown when a target cannot be used; the message says why and what to do. */
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
      'It refuses the credentials; put valid ones into the Secret',
    );
  return isForbidden(error)
    ? new TargetError('Forbidden', `${words}; ${installHint}`)
    : new TargetError('NotReady', `It answers with an error: ${words}`);
}

function unreachable({ cause }: KubeConnectionError): string {
  const { code, message } = (cause ?? {}) as {
    code?: string;
    message?: string;
  };
  return code === 'UND_ERR_HEADERS_TIMEOUT'
    ? timeoutMessage
    : `Its API server cannot be reached (${code ?? message})`;
}
