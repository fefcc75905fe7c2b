import type { Progress } from '../process/Progress';
import { ensurePrograms } from './ensurePrograms';
import {
  collectorSet,
  giteaFiles,
  giteaSet,
  helmSet,
  kubeStateMetricsSet,
  s3Set,
} from './programSets';

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

/**
 * Provides the OpenTelemetry Collector of tests: from the cache, otherwise by a build of about one minute.
 *
 * @returns the path of `collector`
 * @throws ClusterError when it cannot be built
 */
export async function ensureCollector(options: Progress): Promise<string> {
  const { path } = await ensurePrograms(collectorSet, options);
  return path('collector');
}

/**
 * Provides the git host of tests: from the cache, otherwise by a build of about six minutes on two processors.
 *
 * @returns the paths of `gitea` and of the folder with its files (`STATIC_ROOT_PATH`)
 * @throws ClusterError when it cannot be built
 */
export async function ensureGitea(
  options: Progress,
): Promise<{ program: string; files: string }> {
  const { path } = await ensurePrograms(giteaSet, options);
  return { program: path('gitea'), files: path(giteaFiles) };
}

/**
 * Provides Helm: from the cache, otherwise by download, otherwise by a build of about one minute.
 *
 * @returns the path of `helm`
 * @throws ClusterError when it can neither be downloaded nor built
 */
export async function ensureHelm(options: Progress): Promise<string> {
  const { path } = await ensurePrograms(helmSet, options);
  return path('helm');
}

/**
 * Provides kube-state-metrics: from the cache, otherwise by a build of about two minutes.
 *
 * @returns the path of `kube-state-metrics`
 * @throws ClusterError when it cannot be built
 */
export async function ensureKubeStateMetrics(
  options: Progress,
): Promise<string> {
  const { path } = await ensurePrograms(kubeStateMetricsSet, options);
  return path('kube-state-metrics');
}
