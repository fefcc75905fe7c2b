import { ClusterError } from '../ClusterError';
import { createFolder } from '../createFolder';

/** Creates a folder below `--data-dir`. @throws ClusterError when it cannot be used */
export function createClusterFolder(folder: string): void {
  try {
    createFolder(folder);
  } catch (error) {
    throw new ClusterError(
      `The cluster's data cannot be kept in ${folder}: ${
        (error as Error).message
      }.`,
      'Set --data-dir to a folder that you can write to.',
    );
  }
}
