import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../files';
import { cniConfig, containerdConfig, registryHosts } from './containerdConfig';
import { kubeletConfig, kubeProxyConfig } from './kubeletConfig';
import type { NodePlan } from './NodePlan';

/** Writes all configuration files of the node. */
export function writeNodeFiles(plan: NodePlan): void {
  const folders = [plan.kubeletData, plan.containerdData, plan.podLogs];
  for (const folder of folders)
    mkdirSync(folder, { recursive: true, mode: 0o711 });
  const registry = registryHosts(plan);
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const files = {
    'containerd.toml': containerdConfig(plan),
    [`registries/${registry.host}/hosts.toml`]: registry.content,
    'cni/10-bailiwick.conflist': cniConfig(plan),
    'kubelet.json': json(kubeletConfig(plan)),
    'kube-proxy.json': json(kubeProxyConfig(plan)),
    'resolv.conf': plan.nameservers
      .map(each => `nameserver ${each}\n`)
      .join(''),
  };
  for (const [name, content] of Object.entries(files)) {
    replaceFile(join(plan.config, name), content);
  }
}
