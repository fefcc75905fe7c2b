import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { parseArgs } from 'node:util';
import { PodRelay, type Relay } from './PodRelay';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { kubeconfig: { type: 'string' }, context: { type: 'string' } },
});

/** Reads `7007=bailiwick-portal/bailiwick-portal:7007`: port, namespace, app and port of the pod. */
function readRelay(text: string): Relay {
  const found = /^(\d+)=([^/]+)\/([^:]+):(\d+)$/.exec(text);
  if (!found) throw new Error(`${text} is not PORT=NAMESPACE/APP:PORT`);
  const [, port, namespace, app, podPort] = found;
  return { port: Number(port), namespace, app, podPort: Number(podPort) };
}

const client = KubeClient.fromKubeconfig({
  path: values.kubeconfig,
  context: values.context,
  userAgent: 'bailiwick-relay',
});
const relays = positionals.map(text => new PodRelay(client, readRelay(text)));
await Promise.all(relays.map(relay => relay.listen()));
process.once('SIGTERM', async () => {
  await Promise.all(relays.map(relay => relay.close()));
  await client.close();
});
