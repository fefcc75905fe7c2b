import {
  isForbidden,
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';

/** How to install on a target what it needs. */
export const installHint =
  'apply the part of the chart for targets there: kubectl apply --server-side -f charts/bailiwick/templates -l bailiwick.dev/target=true';

/** What is said of a target that takes connections and answers nothing. */
export const timeoutMessage = 'Its API server does not answer in time';

/** Why a target cannot be worked on. */
export class TargetError extends Error {
  /** CamelCase word. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = 'TargetProblem';
    this.reason = reason;
  }
}

/** What an error of a target means. */
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
