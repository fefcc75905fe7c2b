import { dirname, join } from 'node:path';
import type { Component } from '../components/Component';
import { httpAnswers } from '../kubernetes/httpAnswers';
import { KUBELET_HEALTH_PORT } from './kubeletConfig';
import { CONTAINERD_SOCKET, type NodePlan } from './NodePlan';

/** Port of the policy enforcer's readiness endpoint on the node's address. */
const NETPOL_HEALTH_PORT = 10270;

/** Runs containers. */
export function containerd(
  plan: NodePlan,
  probe: () => Promise<boolean>,
): Component {
  return {
    name: 'containerd',
    program: plan.runtime('containerd'),
    arguments: [
      `--config=${plan.config}/containerd.toml`,
      `--address=${CONTAINERD_SOCKET}`,
    ],
    // It finds its shim, and the shim finds runc, on PATH.
    environment: [
      `PATH=${dirname(plan.runtime('containerd'))}:${process.env.PATH}`,
    ],
    probe,
  };
}

/** Runs the pods that the API server assigns to the node. */
export function kubelet(plan: NodePlan): Component {
  return {
    name: 'kubelet',
    program: plan.kubernetes('kubelet'),
    arguments: [
      `--config=${plan.config}/kubelet.json`,
      `--kubeconfig=${join(plan.pki, 'kubelet.kubeconfig')}`,
      `--hostname-override=${plan.name}`,
      `--node-ip=${plan.network.address}`,
      `--root-dir=${plan.kubeletData}`,
      `--cert-dir=${plan.pki}`,
    ],
    probe: () =>
      httpAnswers(
        `http://${plan.network.address}:${KUBELET_HEALTH_PORT}/healthz`,
      ),
  };
}

/** Leads traffic for Services to their pods. */
export function kubeProxy(plan: NodePlan): Component {
  return {
    name: 'kube-proxy',
    program: plan.kubernetes('kube-proxy'),
    arguments: [`--config=${plan.config}/kube-proxy.json`],
    probe: () => httpAnswers(`http://${plan.network.address}:10256/healthz`),
  };
}

/** Enforces NetworkPolicy. */
export function netpol(plan: NodePlan): Component {
  const health = `${plan.network.address}:${NETPOL_HEALTH_PORT}`;
  return {
    name: 'netpol',
    program: plan.own('cell'),
    arguments: [
      'netpol',
      `--kubeconfig=${join(plan.pki, 'netpol.kubeconfig')}`,
      `--host=${plan.network.host}`,
      `--health=${health}`,
    ],
    probe: () => httpAnswers(`http://${health}/readyz`),
  };
}
