import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
  tenantOfHome,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { escapeVariables, type PackagesRepository } from '../app';
import { buildLabel, buildsNamespace, ownerAnnotation } from '../../names';

/** Seconds for all attempts of a build. */
const seconds = 900;
/** Attempts after one that was killed, such as with its node; a build that fails ends by itself. */
const retries = 2;
/** User of the runtime image. */
const user = 1000;
const credentialsPath = '/registry';

/** Name of the Job of a build; a build that is deleted and created again has another one. */
export function jobName({ metadata }: Build): string {
  return `build-${metadata.uid}`;
}

/**
 * Returns the Job that builds packages: the pod runs no code of tenants, has no credentials of the cluster, and its
 * namespace limits its network.
 *
 * @param isMapped - whether the pod has a user namespace
 */
export function desiredBuildJob(
  build: Build,
  { insecure, path }: PackagesRepository,
  { isMapped }: { isMapped: boolean },
): Desired {
  const { allow, app, content, file, runtime } = build.spec;
  const tenant = tenantOfHome(build.metadata.namespace ?? '') ?? '';
  const marks = {
    'app.kubernetes.io/part-of': 'bailiwick',
    [buildLabel]: build.metadata.uid!,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(build),
      namespace: buildsNamespace,
      labels: { ...marks, [labels.managedBy]: managedBy },
      annotations: { [ownerAnnotation]: `App ${tenant}/${app}` },
    },
    spec: {
      backoffLimit: retries,
      activeDeadlineSeconds: seconds,
      ttlSecondsAfterFinished: seconds,
      template: {
        metadata: { labels: marks },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          ...(isMapped && { hostUsers: false }),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'build',
              image: runtime,
              imagePullPolicy: 'IfNotPresent',
              command: ['python3', '-m', 'bailiwick', 'build'],
              args: [
                '--repository',
                `${path}/${tenant}`,
                ...(insecure ? ['--insecure'] : []),
                '--credentials',
                `${credentialsPath}/.dockerconfigjson`,
                '--file',
                file,
                '--allow',
                allow.join(','),
              ],
              env: [
                {
                  name: 'BAILIWICK_REQUIREMENTS',
                  value: escapeVariables(content),
                },
                { name: 'HOME', value: '/tmp' },
              ],
              resources: {
                requests: { cpu: '100m', memory: '256Mi' },
                limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '6Gi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                privileged: false,
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                { name: 'index', mountPath: '/etc/uv', readOnly: true },
                {
                  name: 'registry',
                  mountPath: credentialsPath,
                  readOnly: true,
                },
              ],
            },
          ],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '6Gi' } },
            // The platform team can create these Secrets.
            { name: 'index', secret: { secretName: 'index', optional: true } },
            {
              name: 'registry',
              secret: { secretName: 'registry', optional: true },
            },
          ],
        },
      },
    },
  };
}
