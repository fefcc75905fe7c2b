import type { Desired, Job } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
  tenantOfHome,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bundleKey, escapeVariables, type PackagesRepository } from '../app';
import { buildLabel, buildsNamespace, ownerAnnotation } from '../../names';
import { dockerfileContainers, stepsContainer } from './dockerfileContainers';
import {
  codePath,
  credentialsPath,
  registryReference,
  workPath,
} from './paths';

/** Seconds for all attempts of a build. */
const seconds = 900;
/** Attempts after one that was killed, such as with its node; a build that fails ends by itself. */
const retries = 2;
/** The kernel kills a Dockerfile for its memory; the next attempt would end in the same way. */
const podFailurePolicy = {
  rules: [
    {
      action: 'Ignore',
      onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
    },
    {
      action: 'FailJob',
      onExitCodes: {
        containerName: stepsContainer,
        operator: 'In',
        values: [137],
      },
    },
  ],
};
/** Resources of each container; the containers run one after the other. */
const resources = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '6Gi' },
};
/** User of the runtime image. */
const user = 1000;
const signingPath = '/signing';
const advisoriesPath = '/advisories';

/** Name of the Job of a build; a build that is deleted and created again has another one. */
export function jobName({ metadata }: Build): string {
  return `build-${metadata.uid}`;
}

/**
 * Returns the copy of the code for the Job of a build of an image.
 *
 * @param job - the Job, with which it is deleted
 * @param archive - base64
 */
export function desiredCode(
  { metadata: { name, uid = '' } }: Job,
  archive: string,
): Desired {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: buildsNamespace,
      labels: { 'app.kubernetes.io/part-of': 'bailiwick' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid }],
    },
    immutable: true,
    binaryData: { [bundleKey]: archive },
  };
}

/**
 * Returns the Job of a build: the pod has no credentials of the cluster, and its namespace limits its network. It runs
 * no code of tenants, except the steps of a Dockerfile, which have neither credentials nor a network.
 *
 * @param isMapped - whether the pod has a user namespace
 */
export function desiredBuildJob(
  build: Build,
  repository: PackagesRepository,
  { isMapped }: { isMapped: boolean },
): Desired {
  const { app, content = '', image, runtime } = build.spec;
  const advisories = image ? undefined : repository.advisories;
  const dockerfile = image?.dockerfile;
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
      ...(dockerfile && { podFailurePolicy }),
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
          ...(dockerfile && {
            initContainers: dockerfileContainers(build, repository, resources),
          }),
          containers: [
            {
              name: 'build',
              image: runtime,
              imagePullPolicy: 'IfNotPresent',
              command: ['python3', '-m', 'bailiwick'],
              args: [
                ...(image
                  ? imageArguments(build, image, repository)
                  : packagesArguments(build)),
                '--repository',
                [repository.path, tenant, ...(image ? [app] : [])].join('/'),
                ...(repository.insecure ? ['--insecure'] : []),
                '--credentials',
                `${credentialsPath}/.dockerconfigjson`,
              ],
              env: [
                ...(content
                  ? [
                      {
                        name: 'BAILIWICK_REQUIREMENTS',
                        value: escapeVariables(content),
                      },
                    ]
                  : []),
                // Unlike an option, a variable does not stop older runtimes.
                ...(advisories
                  ? [{ name: 'BAILIWICK_ADVISORIES', value: advisoriesPath }]
                  : []),
                { name: 'HOME', value: '/tmp' },
              ],
              resources,
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
                ...(advisories
                  ? [
                      {
                        name: 'advisories',
                        mountPath: advisoriesPath,
                        readOnly: true,
                      },
                    ]
                  : []),
                ...(dockerfile
                  ? [{ name: 'work', mountPath: workPath, readOnly: true }]
                  : []),
                ...(image
                  ? [
                      { name: 'code', mountPath: codePath, readOnly: true },
                      {
                        name: 'signing',
                        mountPath: signingPath,
                        readOnly: true,
                      },
                    ]
                  : []),
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
            ...(advisories
              ? [
                  {
                    name: 'advisories',
                    image: {
                      reference: advisories,
                      pullPolicy: 'IfNotPresent',
                    },
                  },
                ]
              : []),
            ...(dockerfile
              ? [
                  { name: 'work', emptyDir: { sizeLimit: '6Gi' } },
                  { name: 'scratch', emptyDir: { sizeLimit: '6Gi' } },
                ]
              : []),
            ...(image
              ? [
                  { name: 'code', configMap: { name: jobName(build) } },
                  {
                    name: 'signing',
                    secret: { secretName: 'signing', optional: true },
                  },
                ]
              : []),
          ],
        },
      },
    },
  };
}

function packagesArguments({ spec: { allow = [], file } }: Build): string[] {
  return ['build', '--file', `${file}`, '--allow', allow.join(',')];
}

function imageArguments(
  { spec: { app, commit, runtime } }: Build,
  { dockerfile, packages, release }: NonNullable<Build['spec']['image']>,
  repository: PackagesRepository,
): string[] {
  return [
    'image',
    '--base',
    registryReference(runtime, repository),
    '--code',
    `${codePath}/${bundleKey}`,
    ...(packages ? ['--packages', packages] : []),
    ...(dockerfile ? ['--built', workPath] : []),
    '--app',
    app,
    '--commit',
    commit,
    '--tag',
    release,
    '--key',
    `${signingPath}/cosign.key`,
  ];
}
