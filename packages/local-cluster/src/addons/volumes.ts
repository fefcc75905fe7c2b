import { mkdirSync } from 'node:fs';
import type { Component } from '../components/Component';
import { httpAnswers } from '../kubernetes/httpAnswers';
import { clusterRole, rule } from './clusterRole';

/** Provisioner of the storage class. */
const PROVISIONER = 'bailiwick.dev/node-folder';
/** User of the component, as its certificate has it. */
export const VOLUMES_USER = 'bailiwick:volumes';
/** Port of its readiness endpoint on the node's address. */
const HEALTH_PORT = 10271;

/** Returns the default storage class, and the rights of its provisioner. */
export function volumesObjects(): object[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'standard',
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: PROVISIONER,
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    },
    ...clusterRole(
      VOLUMES_USER,
      [
        rule('', ['persistentvolumeclaims']),
        rule('storage.k8s.io', ['storageclasses']),
        rule(
          '',
          ['persistentvolumes'],
          ['list', 'watch', 'create', 'patch', 'delete'],
        ),
        rule('', ['events'], ['create', 'patch']),
      ],
      { kind: 'User', name: VOLUMES_USER },
    ),
  ];
}

/**
 * Creates and deletes volumes.
 *
 * @param options - `program` is the cell's; `directory` contains a folder per volume; `address` is the node's
 */
export function volumesComponent(options: {
  program: string;
  kubeconfig: string;
  node: string;
  directory: string;
  address: string;
}): Component {
  const { program, kubeconfig, node, directory, address } = options;
  // Volumes are writable for every user; only the owner of this folder can reach them.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const health = `${address}:${HEALTH_PORT}`;
  return {
    name: 'volumes',
    program,
    arguments: [
      'volumes',
      `--kubeconfig=${kubeconfig}`,
      `--provisioner=${PROVISIONER}`,
      `--node=${node}`,
      `--directory=${directory}`,
      `--health=${health}`,
    ],
    probe: () => httpAnswers(`http://${health}/readyz`),
  };
}
