import { execFile } from 'node:child_process';
import { VOLUMES_USER } from './addons/volumes';
import { ClusterError } from './ClusterError';

/** Input of one call of `cell certs`; mirrors `Request` in go/certs/certs.go. */
interface CertificateRequest {
  directory: string;
  authorities: string[];
  serviceAccountKey?: string;
  certificates: Array<{
    file: string;
    authority: string;
    commonName: string;
    organizations?: string[];
    addresses?: string[];
  }>;
  kubeconfigs: Array<{
    file: string;
    authority: string;
    server: string;
    cluster: string;
    commonName: string;
    organizations?: string[];
  }>;
}

/** Properties that the certificates of a cluster depend on. */
interface CertificateSubject {
  pki: string;
  /** Name of the cluster in kubeconfigs. */
  cluster: string;
  server: string;
  /** Listen address of the control plane. */
  address: string;
  /** First address of the Service range. */
  apiService: string;
  adminKubeconfig: string;
  /** Absent when the cluster runs no node. */
  node?: string;
}

/** Lists every certificate and kubeconfig of one cluster. */
export function clusterCertificates(
  subject: CertificateSubject,
): CertificateRequest {
  const { address, cluster, server } = subject;
  const local = ['127.0.0.1', 'localhost', address];
  const identity = (
    file: string,
    commonName: string,
    organizations: string[] = [],
  ) => {
    return {
      file,
      authority: 'cluster',
      server,
      cluster,
      commonName,
      organizations,
    };
  };
  const served = (file: string, commonName: string, addresses: string[]) => {
    return { file, authority: 'cluster', commonName, addresses };
  };
  return {
    directory: subject.pki,
    authorities: ['cluster', 'etcd', 'front-proxy'],
    serviceAccountKey: 'service-account',
    certificates: [
      {
        file: 'etcd',
        authority: 'etcd',
        commonName: 'etcd',
        addresses: ['127.0.0.1', 'localhost'],
      },
      {
        file: 'apiserver-etcd',
        authority: 'etcd',
        commonName: 'kube-apiserver',
      },
      {
        file: 'front-proxy-client',
        authority: 'front-proxy',
        commonName: 'front-proxy-client',
      },
      served('apiserver', 'kube-apiserver', [
        ...local,
        subject.apiService,
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
      ]),
      {
        file: 'apiserver-kubelet',
        authority: 'cluster',
        commonName: 'kube-apiserver-kubelet-client',
        organizations: ['bailiwick:kubelet-clients'],
      },
      served('controller-manager', 'kube-controller-manager', local),
      served('scheduler', 'kube-scheduler', local),
      ...(subject.node
        ? [
            served('kubelet', `system:node:${subject.node}`, [
              subject.node,
              ...local,
            ]),
          ]
        : []),
    ],
    kubeconfigs: [
      identity(subject.adminKubeconfig, 'bailiwick-admin', ['system:masters']),
      identity(
        'controller-manager.kubeconfig',
        'system:kube-controller-manager',
      ),
      identity('scheduler.kubeconfig', 'system:kube-scheduler'),
      identity('kube-proxy.kubeconfig', 'system:kube-proxy'),
      identity('netpol.kubeconfig', 'bailiwick:network-policy'),
      identity('volumes.kubeconfig', VOLUMES_USER),
      ...(subject.node
        ? [
            identity('kubelet.kubeconfig', `system:node:${subject.node}`, [
              'system:nodes',
            ]),
          ]
        : []),
    ],
  };
}

/**
 * Issues certificates with the cell program.
 *
 * @param cell - path of the cell program
 * @throws ClusterError when a file cannot be written or an authority cannot be read
 */
export function issueCertificates(
  cell: string,
  request: CertificateRequest,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(cell, ['certs'], (error, _out, complaint) => {
      if (!error) resolve();
      else {
        reject(
          new ClusterError(
            `Certificates could not be issued: ${
              complaint.trim() || error.message
            }`,
            `Check that ${request.directory} is writable, or delete the data with bailiwick-cluster reset.`,
          ),
        );
      }
    });
    child.stdin?.end(JSON.stringify(request));
  });
}
