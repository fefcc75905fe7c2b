import type {
  AppView,
  LogMessage,
  LogView,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLive } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useCallback, useEffect, useRef } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useEnvironmentClient } from '../useEnvironmentClient';
import { asKept, keepLog, type KeptLog } from './keptLog';

/** Lines that a file has at most. */
const mostInFile = '5000';

/** Milliseconds until an empty log of the previous container is read again; doubled each time. */
const firstPause = 1_000;
const mostReads = 6;

/** Selected part of an app's log. */
export interface LogChoice {
  environment: string;
  /** All pods when empty. */
  pod: string;
  /** All containers when empty. */
  container: string;
  previous: boolean;
  follow: boolean;
  tail: string;
  /** Seconds back from now; all when empty. */
  since: string;
}

/** The log of an app, which follows it as long as that is chosen. */
export function useLog(app: AppView, choice: LogChoice) {
  const { tenant } = app;
  const { name } = app.metadata;
  const { environment, follow, previous } = choice;
  const here = useEnvironmentClient(app, environment);
  const query = queryOf(choice);
  const isFollowed = follow && !previous;
  const path: WatchPath = `/tenants/${tenant}/apps/${name}/environments/${environment}/log?${query}`;
  const live = useLive<KeptLog, LogMessage>(
    isFollowed ? path : undefined,
    keepLog,
  );
  const once = useAsyncRetry(
    async () =>
      isFollowed ? undefined : { path, log: asKept(await here.readLog(query)) },
    [here, path, isFollowed],
  );
  // While it loads, the value may be that of the log chosen before.
  const read = once.value?.path === path ? once.value : undefined;
  useReadAgain(
    previous && read?.log.lines.length === 0 ? read : undefined,
    once.retry,
  );
  const inFile = queryOf({ ...choice, tail: mostInFile });
  const readAll = useCallback(
    (): Promise<LogView> => here.readLog(inFile),
    [here, inFile],
  );
  const failure = once.loading ? undefined : once.error;
  return {
    /** Absent while it is not followed. */
    live: isFollowed ? live : undefined,
    log: isFollowed ? live.value : read?.log,
    error: isFollowed ? live.error : failure,
    readAll,
  };
}

/** Reads an empty log again: right after a restart, the node may not have that of the previous container yet. */
function useReadAgain(
  empty: { path: string } | undefined,
  read: () => void,
): void {
  const reads = useRef({ path: '', count: 0 });
  useEffect(() => {
    if (!empty) return undefined;
    const { path } = empty;
    const count = reads.current.path === path ? reads.current.count + 1 : 1;
    reads.current = { path, count };
    if (count >= mostReads) return undefined;
    const timer = setTimeout(read, firstPause * 2 ** (count - 1));
    return () => clearTimeout(timer);
    // What is read again is a new object.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [empty]);
}

function queryOf({ container, pod, previous, since, tail }: LogChoice): string {
  const query = new URLSearchParams({ tail });
  if (pod) query.set('pod', pod);
  if (container) query.set('container', container);
  if (since) query.set('since', since);
  if (previous) query.set('previous', 'true');
  return query.toString();
}
