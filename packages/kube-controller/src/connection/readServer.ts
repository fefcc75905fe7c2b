import { KubeconfigError } from '../errors';
import { selectContext, type KubeconfigSource } from './Kubeconfig';
import { readCredentials } from './readCredentials';

/** Address and authority of an API server. @public */
export interface ApiServer {
  /** Such as `https://host:6443`. */
  address: string;
  /** Certificate authority, PEM; those of the machine when absent. */
  authority?: string;
  /** Name in its certificate, if it differs from the address. */
  name?: string;
}

/**
 * Reads the API server of a kubeconfig, to create other kubeconfigs for it.
 *
 * @throws KubeconfigError when the kubeconfig cannot be used, or does not verify the server
 * @public
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
