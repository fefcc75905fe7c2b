import { join } from 'node:path';
import type { Component } from '../components/Component';
import { packageFolder } from '../paths';

/** Simulates the kubelet of one node: its pods run, according to the API server. */
export function kwok(options: {
  program: string;
  kubeconfig: string;
  node: string;
}): Component {
  return {
    name: 'kwok',
    program: options.program,
    arguments: [
      `--kubeconfig=${options.kubeconfig}`,
      `--manage-single-node=${options.node}`,
      `--config=${join(packageFolder, 'src/simulated/stages.yaml')}`,
      '--node-lease-duration-seconds=40',
    ],
  };
}

/** Returns the node before KWOK marks it as ready. */
export function simulatedNode(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  };
}
