import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Component } from './Component';
import type { ControlPlane } from './ControlPlane';

const ADMISSION = ['NodeRestriction', 'OwnerReferencesPermissionEnforcement'];

/** The API server, with RBAC and node authorization and no insecure way in. */
export function apiServer(
  plane: ControlPlane,
  probe: () => Promise<boolean>,
): Component {
  const pki = (file: string) => join(plane.pki, file);
  return {
    name: 'kube-apiserver',
    program: plane.program('kube-apiserver'),
    arguments: [
      `--bind-address=${plane.address}`,
      `--advertise-address=${plane.address}`,
      `--secure-port=${plane.ports.api}`,
      `--tls-cert-file=${pki('apiserver.crt')}`,
      `--tls-private-key-file=${pki('apiserver.key')}`,
      `--client-ca-file=${pki('cluster-ca.crt')}`,
      `--etcd-servers=https://127.0.0.1:${plane.ports.etcd}`,
      `--etcd-cafile=${pki('etcd-ca.crt')}`,
      `--etcd-certfile=${pki('apiserver-etcd.crt')}`,
      `--etcd-keyfile=${pki('apiserver-etcd.key')}`,
      '--authorization-mode=Node,RBAC',
      `--enable-admission-plugins=${ADMISSION.join(',')}`,
      `--service-cluster-ip-range=${plane.services}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki('service-account.pub')}`,
      `--service-account-signing-key-file=${pki('service-account.key')}`,
      `--kubelet-client-certificate=${pki('apiserver-kubelet.crt')}`,
      `--kubelet-client-key=${pki('apiserver-kubelet.key')}`,
      `--kubelet-certificate-authority=${pki('cluster-ca.crt')}`,
      // The node's name is known to the cluster alone; the host's resolver cannot answer for it.
      '--kubelet-preferred-address-types=InternalIP',
      `--requestheader-client-ca-file=${pki('front-proxy-ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-username-headers=X-Remote-User',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${pki('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${pki('front-proxy-client.key')}`,
      '--enable-aggregator-routing=true',
      '--shutdown-delay-duration=0s',
      '--profiling=false',
      // Kubernetes' usual limits (600 in all) are for machines of many cores; who waits in line
      // there takes turns (API Priority and Fairness); a request that is admitted at once does not.
      `--max-requests-inflight=${50 * availableParallelism()}`,
      `--max-mutating-requests-inflight=${25 * availableParallelism()}`,
    ],
    probe,
  };
}
