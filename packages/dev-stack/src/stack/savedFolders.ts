import { paths, type StackOptions } from '@bailiwick/backstage-cli';
import { join } from 'node:path';

/** Files and folders of a data folder that a backup contains, by name. The rest is rebuilt by a start. */
export function savedFolders(options: StackOptions): Record<string, string> {
  const { dataDir } = options;
  const { cluster, portal, repositories, secrets } = paths(options);
  return {
    repositories,
    portal,
    reads: join(dataDir, 'reads'),
    registry: join(cluster, 'registry'),
    'calls.json': join(dataDir, 'calls.json'),
    'secrets.json': secrets,
  };
}
