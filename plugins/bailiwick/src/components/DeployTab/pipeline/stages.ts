import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  deployedRelease,
  isSameCommit,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineStage,
  PipelineView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Possible next step from one environment to the next. */
export type NextMove =
  | { release: ReleaseView }
  /** Reason why no step is possible now, with a remedy. */
  | { why: string };

/** Returns an app's environment by name; `undefined` if the app is not deployed there. */
export function environmentIn(
  { spec }: AppView,
  stage: string,
): AppEnvironment | undefined {
  return spec.environments.find(({ name }) => name === stage);
}

/** The commit that runs in an environment, as far as it is known. */
export function commitIn(app: AppView, stage: string): string | undefined {
  const state = app.status?.environments?.find(({ name }) => name === stage);
  return state?.revision;
}

/** Returns the release that an environment would pass to the next one. */
export function nextMove(
  app: AppView,
  { releases }: PipelineView,
  from: PipelineStage,
  to: PipelineStage,
): NextMove {
  if (!environmentIn(app, from.name))
    return { why: `Nothing runs in ${from.name} yet.` };
  const here = deployedRelease(app, from.name);
  const commit = here
    ? undefined
    : commitIn(app, from.name) ?? app.spec.source.revision;
  const known = releases.filter(one =>
    here ? one.name === here : isSameCommit(one.commit, commit),
  );
  const release = known.find(one => here || !imageProblem(one)) ?? known[0];
  const problem = !here && release && imageProblem(release);
  if (problem) return { why: problem };
  if (!release)
    return here
      ? { why: `Release ${formatRelease(here)} was not found.` }
      : { why: `Publish the draft in ${from.name} first.` };
  const { canary } =
    app.status?.environments?.find(({ name }) => name === to.name) ?? {};
  return environmentIn(app, to.name)?.release === release.name
    ? { why: canary?.why || `${to.name} runs the same release.` }
    : { release };
}

/** Says why a release cannot be deployed: its image is not built; `undefined` for others. */
export function imageProblem({
  build,
  format,
  image,
  name,
}: ReleaseView): string | undefined {
  if (format !== 'image' || image) return undefined;
  const its = `The image of ${formatRelease(name)}`;
  if (isOver(build)) return `${its} was not built: see Builds for the reason.`;
  return `${its} is being built.`;
}

/** Whether a build ended without an image. */
export function isOver(build: ReleaseView['build']): boolean {
  return build === 'Failed' || build === 'Cancelled';
}

/** Returns the environments that run a release; a canary is marked as such. */
export function placesOf(app: AppView, release: string): string[] {
  return app.spec.environments.flatMap(({ name }) => {
    if (deployedRelease(app, name) === release) return [name];
    const { canary } =
      app.status?.environments?.find(one => one.name === name) ?? {};
    return canary?.release === release && canary.phase === 'Running'
      ? [`${name} (canary)`]
      : [];
  });
}

/**
 * Returns the release to which an environment would be rolled back: the one that ran there last of those older than
 * the running release; `undefined` without one, and for drafts.
 */
export function rollbackOf(
  app: AppView,
  pipeline: PipelineView,
  stage: string,
): ReleaseView | undefined {
  const current = environmentIn(app, stage)?.release;
  const before = app.status?.history?.find(
    ({ environment, release }) =>
      environment === stage &&
      release &&
      isRollback(pipeline, release, current),
  );
  return pipeline.releases.find(({ name }) => name === before?.release);
}

/** Whether a release would replace a newer one. */
export function isRollback(
  { releases }: PipelineView,
  release: string,
  instead: string | undefined,
): boolean {
  const numberOf = (name: string | undefined) =>
    releases.find(one => one.name === name)?.number ?? 0;
  return numberOf(release) < numberOf(instead);
}
