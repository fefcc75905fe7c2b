import { rmSync } from 'node:fs';
import { resetCluster } from '@bailiwick/backstage-local-cluster';
import { clusterName } from '../stack/layout';
import { parseFlags, stackFlags, stackOptions } from './stackOptions';
import { stopStack } from './stop';

/** `npm run reset`: stops everything and deletes its data. */
export async function reset(args: string[]): Promise<number> {
  const { values } = parseFlags(args, stackFlags);
  const options = stackOptions(values);
  await stopStack(options);
  await resetCluster(options.dataDir, clusterName);
  rmSync(options.dataDir, { recursive: true, force: true });
  process.stderr.write(
    `Bailiwick is stopped and ${options.dataDir} is deleted.\n`,
  );
  return 0;
}
