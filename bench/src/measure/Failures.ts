import {
  Informer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  type App,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { OperatorProcess } from '../operators';

/** A benchmark's subject reported a failure, or ended; the message contains the reason. */
export class SubjectFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SubjectFailedError';
  }
}

/**
 * Does some work, and stops waiting for it as soon as the operator ends, an app is Failed, or a request fails: the
 * numbers would mean nothing, and most waits would last until their time is up.
 *
 * @throws SubjectFailedError with the reason that the subject reported
 */
export async function unlessFailed<T>(
  admin: KubeClient,
  process: OperatorProcess,
  work: () => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    const fail = (reason: string | undefined) =>
      reason && reject(new SubjectFailedError(reason));
    const apps = new Informer<App>({ client: admin, type: appKind });
    apps.onChange(({ object }) => fail(appFailure(object)));
    apps.start(stop.signal);
    const requests = new Informer<ChangeRequest>({
      client: admin,
      type: changeRequestKind,
    });
    requests.onChange(({ object }) => fail(requestFailure(object)));
    requests.start(stop.signal);
    process.died.then(fail);
  });
  try {
    return await Promise.race([work(), failed]);
  } finally {
    stop.abort();
  }
}

function appFailure({ metadata, status }: App): string | undefined {
  const broken = status?.environments?.find(
    ({ health }) => health === 'Failed',
  );
  return (
    broken &&
    `The app ${metadata.namespace}/${metadata.name} is Failed in ${broken.name}: ${broken.why}`
  );
}

/** Rivals for the last place of a budget fail as they should. */
function requestFailure({ spec, status, metadata }: ChangeRequest) {
  return status?.phase === 'Failed' && spec.action === 'create'
    ? `The request ${metadata.name} failed: ${status.conditions?.[0]?.message}`
    : undefined;
}
