import type { Progress } from '../process/Progress';
import { ensurePrograms } from './ensurePrograms';
import { s3Set } from './programSets';

/**
 * Provides the S3 server of tests: from the cache, otherwise by a build of about one minute.
 *
 * @returns the path of `versitygw`
 * @throws ClusterError when it cannot be built
 */
export async function ensureS3Server(options: Progress): Promise<string> {
  const { path } = await ensurePrograms(s3Set, options);
  return path('versitygw');
}
