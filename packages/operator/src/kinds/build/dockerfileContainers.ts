import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PackagesRepository } from '../app';
import {
  codePath,
  credentialsPath,
  registryReference,
  workPath,
} from './paths';

/** The container that runs the steps of a Dockerfile. */
export const stepsContainer = 'dockerfile';

/**
 * Capabilities that Buildah needs to mount the files of an image and to change their owners. They are valid only in the
 * user namespace of the pod.
 */
const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_ADMIN',
  'SYS_CHROOT',
];

const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { add: capabilities, drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsGroup: 0,
  runAsNonRoot: false,
  runAsUser: 0,
};

/**
 * Returns the containers that build the Dockerfile of a repository, before the one that pushes the image. The first one
 * pulls images and runs no code of the tenant. The second one has no credentials, and its steps have no network.
 *
 * @param resources - of each container
 */
export function dockerfileContainers(
  { spec: { runtime } }: Build,
  repository: PackagesRepository,
  resources: object,
): object[] {
  const { builder, images, insecure, path } = repository;
  const common = {
    image: builder,
    imagePullPolicy: 'IfNotPresent',
    env: [
      {
        name: 'BAILIWICK_RUNTIME',
        value: registryReference(runtime, repository),
      },
      { name: 'BAILIWICK_IMAGES', value: images.join(' ') },
      {
        name: 'BAILIWICK_INSECURE',
        value: insecure ? path.split('/')[0] : '',
      },
    ],
    resources,
    securityContext,
  };
  const volumeMounts = [
    { name: 'work', mountPath: workPath },
    // Buildah copies layers through one folder, and locks the other.
    { name: 'scratch', mountPath: '/var/tmp' },
    { name: 'scratch', mountPath: '/run/lock' },
    { name: 'code', mountPath: codePath, readOnly: true },
  ];
  return [
    {
      ...common,
      name: 'pull',
      command: ['/bin/sh', '/opt/bailiwick/builder/pull.sh'],
      volumeMounts: [
        ...volumeMounts,
        { name: 'registry', mountPath: credentialsPath, readOnly: true },
      ],
    },
    {
      ...common,
      name: stepsContainer,
      command: ['/bin/sh', '/opt/bailiwick/builder/build.sh'],
      volumeMounts,
    },
  ];
}
