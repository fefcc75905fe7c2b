import type {
  EnvironmentClient,
  EnvironmentRights,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import useAsync from 'react-use/esm/useAsync';

/** Rights of the reader in an environment of an app. */
export interface KnownRights {
  /** Absent while they load, and if they cannot be loaded. */
  rights?: EnvironmentRights;
  /** Why the reader cannot operate the app; also while it is unknown whether they can. */
  refusal?: string;
}

/** Loads the rights of the reader in an environment of an app. */
export function useEnvironmentRights(here: EnvironmentClient): KnownRights {
  const { error, value: rights } = useAsync(() => here.rights(), [here]);
  if (error)
    return { refusal: `Can’t load your permissions: ${error.message}` };
  if (!rights) return { refusal: 'Loading your permissions…' };
  return { rights, refusal: rights.operate.refusal };
}
