import { KubeconfigError } from '../errors';
import { selectContext, type KubeconfigSource } from './Kubeconfig';
import { readCredentials } from './readCredentials';

/** Where an API server is and by what it is known. */
export interface ApiServer {
  /** Such as `https://host:6443`. */
  address: string;
  /** Certificates of who vouches for it, PEM; those of the machine when absent. */
  authority?: string;
  /** Name in its certificate, when it is not that of the address. */
  name?: string;
}

/**
 * Reads where the API server of a kubeconfig is, to make other kubeconfigs for it.
 *
 * @throws KubeconfigError when the kubeconfig cannot be used, or does not check whom it talks to
 */
export async function readServer(source: KubeconfigSource): Promise<ApiServer> {
  const selected = selectContext(source);
  const { tls } = await readCredentials({ ...selected, user: {} });
  const { server } = selected.cluster;
  if (tls.rejectUnauthorized === false || !server.startsWith('https://'))
    throw new KubeconfigError(
      `The kubeconfig does not check whom it talks to at ${server}; give it an https address and certificate-authority-data`,
    );
  return { address: server, authority: tls.ca, name: tls.servername };
}
