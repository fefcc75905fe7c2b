import {
  homeNamespace,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deleteObjects } from '../../apply';
import { toolsAnnotation } from '../../names';
import type { Placement } from '../../placement';
import {
  buildName,
  createBuild,
  endedWithoutResult,
  requireRegistry,
  wasSuperseded,
} from '../app';
import { throwFailed, throwPending, type Workload } from '../app/workload';

/** Packages of the tools; the build locks what they need. */
const jupyterLab = 'jupyterlab==4.6.6\n';

/**
 * Ensures that the tools are built for the runtime of an app, as packages are.
 *
 * @returns the image with the tools, by digest
 * @throws ObstacleError until they are built
 */
export async function requireTools(
  { caches, hub }: Placement,
  { app, commit, image: runtime, tenant }: Workload,
  signal: AbortSignal,
): Promise<string> {
  requireRegistry(caches);
  const namespace = homeNamespace(tenant);
  const name = buildName(app, { tools: jupyterLab, runtime });
  const build = caches.builds.get(name, namespace);
  if (!build)
    await createBuild(
      hub,
      { name, namespace, annotations: { [toolsAnnotation]: 'jupyterlab' } },
      {
        app,
        commit,
        runtime,
        file: 'requirements.txt',
        content: jupyterLab,
        allow: ['jupyterlab'],
      },
      signal,
    );
  if (build && wasSuperseded(build))
    await deleteObjects(caches.builds, [build], signal);
  return artifactOf(build);
}

function artifactOf(build: Build | undefined): string {
  const { artifact, next, phase, why } = build?.status ?? {};
  if (phase === 'Succeeded' && artifact) return artifact;
  if (build && endedWithoutResult(build) && !wasSuperseded(build))
    throwFailed(
      `JupyterLab can't be installed: ${why}`,
      next ?? 'On the Builds tab of the app, choose Build again.',
    );
  return throwPending(
    phase === 'Pending' && why ? why : 'JupyterLab is being installed.',
  );
}
