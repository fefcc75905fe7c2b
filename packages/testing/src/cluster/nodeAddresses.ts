import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';

/**
 * Returns the address of the only node, and this machine's address on the line to it: the first of its network of four.
 */
export async function nodeAddresses(
  admin: KubeClient,
): Promise<{ node: string; own: string }> {
  const [{ status }] = await admin.resource(coreKinds.nodes).list();
  const { address: node } = status!.addresses!.find(
    ({ type }) => type === 'InternalIP',
  )!;
  const bytes = node.split('.').map(Number);
  return { node, own: [...bytes.slice(0, 3), bytes[3] - 1].join('.') };
}
