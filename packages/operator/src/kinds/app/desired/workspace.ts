import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  workspacePort,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';
import { runtimeCommand } from './consumer';
import { podSpecBase } from './podTemplate';
import { runtimeContainer } from './runtimeContainer';
import { desiredVolume } from './store';

const homePath = '/home/workspace';
const toolsPath = '/tools';
/** Restarts after failures of the server, such as a lack of memory. */
const retries = 6;

/** The kubelet cannot reach the loopback address of a pod. */
const probe = {
  exec: {
    command: [
      'python3',
      '-I',
      '-S',
      '-c',
      `import socket; socket.create_connection(("127.0.0.1", ${workspacePort}), 1)`,
    ],
  },
  timeoutSeconds: 5,
};

/** Names of the objects of a workspace. */
export interface WorkspaceNames {
  job: string;
  volume: string;
}

/** Returns the claim of the volume that keeps the files of a workspace. */
export function desiredWorkspaceVolume(
  workspace: Workspace,
  workload: Workload,
  { volume }: WorkspaceNames,
): Desired {
  return desiredVolume(
    workload,
    { name: volume, labels: workspaceLabels(workspace, workload) },
    workspace.spec.storage,
  );
}

/**
 * Returns the Job of a workspace: its pod succeeds when the workspace has been idle, which frees the quota. The pod has
 * the connections, packages and network of the app, and the tools in an image volume.
 *
 * @param workload - with the size of the workspace
 * @param tools - image with JupyterLab, by digest
 */
export function desiredWorkspaceJob(
  workspace: Workspace,
  workload: Workload,
  { job, volume }: WorkspaceNames,
  tools: string,
): Desired {
  const { idleMinutes } = workspace.spec;
  // The files come from the repository.
  const content: Workload = { ...workload, isSelfContained: true };
  const all = workspaceLabels(workspace, workload);
  const { volumes, ...spec } = podSpecBase(content);
  const container = runtimeContainer(content, 'workspace');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: job, namespace: workload.namespace, labels: all },
    spec: {
      backoffLimit: retries,
      template: {
        metadata: { labels: all },
        spec: {
          ...spec,
          restartPolicy: 'OnFailure',
          hostname: 'workspace',
          volumes: [
            ...volumes,
            { name: 'home', persistentVolumeClaim: { claimName: volume } },
            {
              name: 'tools',
              image: { reference: tools, pullPolicy: 'IfNotPresent' },
            },
          ],
          containers: [
            {
              ...container,
              command: runtimeCommand,
              args: [
                'workspace',
                '--folder',
                homePath,
                '--port',
                `${workspacePort}`,
                '--idle-minutes',
                `${idleMinutes}`,
              ],
              env: [
                ...container.env,
                { name: 'HOME', value: homePath },
                { name: 'BAILIWICK_TOOLS_FOLDER', value: toolsPath },
                // Packages in the home folder must not break the server.
                { name: 'PYTHONNOUSERSITE', value: '1' },
              ],
              volumeMounts: [
                ...container.volumeMounts,
                { name: 'home', mountPath: homePath },
                { name: 'tools', mountPath: toolsPath, readOnly: true },
              ],
              startupProbe: {
                ...probe,
                periodSeconds: 1,
                failureThreshold: 120,
              },
            },
          ],
        },
      },
    },
  };
}

/** The selectors of the app's Service and Deployment must not match. */
function workspaceLabels(
  { metadata }: Workspace,
  workload: Workload,
): Record<string, string> {
  const { [labels.app]: _, ...others } = appLabels(workload);
  return { ...others, [labels.workspace]: metadata.name };
}
