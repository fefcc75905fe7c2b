import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KubeconfigError } from '../errors';
import type { SelectedContext } from './Kubeconfig';
import { runCredentialPlugin } from './runCredentialPlugin';

/** Credentials of connections and requests. */
export interface Credentials {
  /** PEM: authorities of the server, and the client certificate. */
  tls: {
    ca?: string;
    cert?: string;
    key?: string;
    servername?: string;
    rejectUnauthorized?: boolean;
  };
  /** Value of the header `Authorization`. */
  authorization?: string;
  /** Expiry in milliseconds since the epoch; unknown when absent. */
  expiresAt?: number;
}

/** Whether credentials may change while the program runs. */
export function rotates({ cluster, user }: SelectedContext): boolean {
  return Boolean(
    cluster['certificate-authority'] ||
      user['client-certificate'] ||
      user.tokenFile ||
      user.exec,
  );
}

/** Reads the credentials of a context from its files and plugins. */
export async function readCredentials(
  selected: SelectedContext,
): Promise<Credentials> {
  const { cluster, user, files } = selected;
  if (user['auth-provider'])
    throw new KubeconfigError(
      'The kubeconfig logs in by "auth-provider", which Kubernetes removed in 1.26; use a login program (exec)',
    );
  const tls = {
    ca: await pem(cluster, 'certificate-authority'),
    cert: await pem(user, 'client-certificate'),
    key: await pem(user, 'client-key'),
    servername: cluster['tls-server-name'],
    rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
  };
  if (user.exec) {
    const answer = await runCredentialPlugin(
      user.exec,
      dirname(files[0] ?? '.'),
    );
    const { token: given, expirationTimestamp: end } = answer;
    const { clientCertificateData: cert, clientKeyData: key } = answer;
    return {
      tls: { ...tls, cert, key },
      authorization: given && `Bearer ${given}`,
      expiresAt: end ? Date.parse(end) : Infinity,
    };
  }
  const token = user.tokenFile
    ? (await readFile(user.tokenFile, 'utf8')).trim()
    : user.token;
  if (token) return { tls, authorization: `Bearer ${token}` };
  if (!user.username) return { tls };
  const login = Buffer.from(`${user.username}:${user.password ?? ''}`);
  return { tls, authorization: `Basic ${login.toString('base64')}` };
}

async function pem<K extends string>(
  entry: Partial<Record<K | `${K}-data`, string>>,
  field: K,
): Promise<string | undefined> {
  const inline = entry[`${field}-data`];
  if (inline) return Buffer.from(inline, 'base64').toString('utf8');
  const path = entry[field];
  return path ? readFile(path, 'utf8') : undefined;
}
