import { join } from 'node:path';
import type { Component } from './Component';
import type { ControlPlane } from './ControlPlane';

/** The cluster's database; only the API server holds a certificate it accepts. */
export function etcd(plane: ControlPlane): Component {
  const client = `https://127.0.0.1:${plane.ports.etcd}`;
  const peer = `https://127.0.0.1:${plane.ports.etcdPeer}`;
  const certificate = join(plane.pki, 'etcd.crt');
  const key = join(plane.pki, 'etcd.key');
  const authority = join(plane.pki, 'etcd-ca.crt');
  return {
    name: 'etcd',
    program: plane.program('etcd'),
    arguments: [
      '--name=local',
      `--data-dir=${plane.etcdData}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=local=${peer}`,
      '--client-cert-auth=true',
      `--cert-file=${certificate}`,
      `--key-file=${key}`,
      `--trusted-ca-file=${authority}`,
      '--peer-client-cert-auth=true',
      `--peer-cert-file=${certificate}`,
      `--peer-key-file=${key}`,
      `--peer-trusted-ca-file=${authority}`,
      '--log-level=warn',
      ...(plane.durable ? [] : ['--unsafe-no-fsync=true']),
    ],
  };
}
