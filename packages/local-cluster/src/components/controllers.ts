import { join } from 'node:path';
import type { Component } from './Component';
import type { ControlPlane } from './ControlPlane';

/** Kubernetes' own controllers: deployments, quotas, garbage collection and the rest. */
export function controllerManager(
  plane: ControlPlane,
  probe: () => Promise<boolean>,
): Component {
  const pki = (file: string) => join(plane.pki, file);
  return {
    name: 'kube-controller-manager',
    program: plane.program('kube-controller-manager'),
    arguments: [
      ...identity(pki('controller-manager.kubeconfig')),
      `--bind-address=${plane.address}`,
      `--secure-port=${plane.ports.controllers}`,
      `--tls-cert-file=${pki('controller-manager.crt')}`,
      `--tls-private-key-file=${pki('controller-manager.key')}`,
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${pki('service-account.key')}`,
      `--root-ca-file=${pki('cluster-ca.crt')}`,
      `--cluster-signing-cert-file=${pki('cluster-ca.crt')}`,
      `--cluster-signing-key-file=${pki('cluster-ca.key')}`,
      '--allocate-node-cidrs=true',
      `--cluster-cidr=${plane.pods}`,
      '--node-cidr-mask-size=24',
      `--service-cluster-ip-range=${plane.services}`,
      // One node that may have slept: its pods are not worth evicting at once.
      '--node-monitor-grace-period=40s',
      // Recounts quotas after an API server was unavailable; otherwise every five minutes.
      '--resource-quota-sync-period=15s',
      '--leader-elect=false',
      '--profiling=false',
      '--kube-api-qps=100',
      '--kube-api-burst=200',
    ],
    probe,
  };
}

/** Assigns pods to nodes. */
export function scheduler(
  plane: ControlPlane,
  probe: () => Promise<boolean>,
): Component {
  const pki = (file: string) => join(plane.pki, file);
  return {
    name: 'kube-scheduler',
    program: plane.program('kube-scheduler'),
    arguments: [
      ...identity(pki('scheduler.kubeconfig')),
      `--bind-address=${plane.address}`,
      `--secure-port=${plane.ports.scheduler}`,
      `--tls-cert-file=${pki('scheduler.crt')}`,
      `--tls-private-key-file=${pki('scheduler.key')}`,
      '--leader-elect=false',
      '--profiling=false',
    ],
    probe,
  };
}

function identity(kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
  ];
}
