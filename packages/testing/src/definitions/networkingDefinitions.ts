import {
  readManifests,
  type Desired,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { downloadModule, type PinnedModule } from './downloadModule';

/** Definitions of one project: a module, and the folder that has them. */
interface Project extends PinnedModule {
  path: string;
}

const projects = {
  gatewayApi: {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.3',
    sum: 'h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=',
    path: 'config/crd/standard',
  },
  istio: {
    module: 'istio.io/api',
    version: 'v1.32.0',
    sum: 'h1:37mJvg9I0biYZAEQF+MATs4FNeCpXEIVO3LFpVb6iNM=',
    path: 'kubernetes',
  },
  certManager: {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    sum: 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
    path: 'deploy/crds',
  },
} satisfies Record<string, Project>;

/** A project whose CustomResourceDefinitions tests can install. */
export type NetworkingProject = keyof typeof projects;

/**
 * Returns the CustomResourceDefinitions of a project, as it publishes them.
 *
 * @throws what {@link downloadModule} throws
 */
export async function networkingDefinitions(
  project: NetworkingProject,
): Promise<Desired[]> {
  const { path, ...module } = projects[project];
  const folder = join(await downloadModule(module), path);
  return readManifests(folder).filter(
    ({ kind }) => kind === 'CustomResourceDefinition',
  );
}
