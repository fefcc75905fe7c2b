import type { Duplex } from 'node:stream';
import type { KubeClient } from '../client';
import { coreKinds, resourcePath } from '../objects';
import { ForwardStream } from './ForwardStream';

/**
 * Subprotocol of the kubelet: the first byte of each message is its channel. The API server passes
 * such connections through to the kubelet.
 */
const protocols = ['v4.channel.k8s.io'];

/** A port in a pod. @public */
export interface ForwardTarget {
  namespace: string;
  pod: string;
  port: number;
  /** Breaks the connection. */
  signal?: AbortSignal;
}

/**
 * Opens a TCP connection into a pod by the API server's port-forward. Has no half-close: ending the
 * stream closes both directions.
 *
 * The stream fails with a `PortForwardError` when the port is unreachable, because the kubelet
 * connects after the API server has accepted the request.
 *
 * @throws KubeApiError when the client may not, or there is no such pod
 * @throws KubeConnectionError when the API server does not respond
 * @public
 */
export async function openForward(
  client: KubeClient,
  { namespace, pod, port, signal }: ForwardTarget,
): Promise<Duplex> {
  const socket = await client.openSocket({
    path: resourcePath(coreKinds.pods, {
      namespace,
      name: pod,
      subresource: 'portforward',
    }),
    query: { ports: port },
    protocols,
    signal,
  });
  return new ForwardStream(socket, { pod, port });
}
