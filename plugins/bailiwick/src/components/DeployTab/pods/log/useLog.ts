import type {
  AppView,
  LogMessage,
  LogView,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLive } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useCallback } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { useEnvironmentClient } from '../useEnvironmentClient';
import { asKept, keepLog, type KeptLog } from './keptLog';

/** Lines that a file has at most. */
const mostInFile = '5000';

/** What of an app's log is looked at. */
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
  const once = useAsync(
    async () => (isFollowed ? undefined : asKept(await here.readLog(query))),
    [here, query, isFollowed],
  );
  // While it loads, the value is still that of the log chosen before.
  const read = once.loading ? undefined : once;
  const inFile = queryOf({ ...choice, tail: mostInFile });
  const readAll = useCallback(
    (): Promise<LogView> => here.readLog(inFile),
    [here, inFile],
  );
  return {
    /** Absent while it is not followed. */
    live: isFollowed ? live : undefined,
    log: isFollowed ? live.value : read?.value,
    error: isFollowed ? live.error : read?.error,
    readAll,
  };
}

function queryOf({ container, pod, previous, since, tail }: LogChoice): string {
  const query = new URLSearchParams({ tail });
  if (pod) query.set('pod', pod);
  if (container) query.set('container', container);
  if (since) query.set('since', since);
  if (previous) query.set('previous', 'true');
  return query.toString();
}
