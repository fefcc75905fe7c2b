import { rmSync } from 'node:fs';
import { resetCluster } from '@bailiwick/backstage-local-cluster';
import { hasDataDir } from '../stack/dataDir';
import {
  clusterName,
  parseFlags,
  type StackFlags,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { stopStack } from './stop';

/** `npm run reset`: stops everything and deletes its data. */
export async function reset(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags>('reset', args);
  const options = stackOptions(values);
  if (!hasDataDir(options)) {
    process.stderr.write(
      `${options.dataDir} does not exist; nothing to delete.\n`,
    );
    return 0;
  }
  await stopStack(options);
  await resetCluster(options.dataDir, clusterName);
  rmSync(options.dataDir, { recursive: true, force: true });
  process.stderr.write(
    `Bailiwick is stopped and ${options.dataDir} is deleted.\n`,
  );
  return 0;
}
