import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { SelectedContext } from './Kubeconfig';

/** With what to open connections and what to send along. */
export interface Credentials {
  /** PEM; certificates by which the server is known, and the client's own. */
  tls: {
    ca?: string;
    cert?: string;
    key?: string;
    servername?: string;
    rejectUnauthorized?: boolean;
  };
  /** Value of the header `Authorization`. */
  authorization?: string;
}

/** Whether credentials may change while the program runs. */
export function rotates({ cluster, user }: SelectedContext): boolean {
  return Boolean(
    cluster['certificate-authority'] ||
      user['client-certificate'] ||
      user.tokenFile ||
      usesPlugin({ user }),
  );
}

/** Reads the credentials of a context anew, from its files and programs. */
export async function readCredentials(
  selected: SelectedContext,
): Promise<Credentials> {
  const { cluster, user } = selected;
  const tls = {
    ca: await pem(cluster, 'certificate-authority'),
    cert: await pem(user, 'client-certificate'),
    key: await pem(user, 'client-key'),
    servername: cluster['tls-server-name'],
    rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
  };
  if (usesPlugin(selected)) return askPlugin(selected, tls);
  const token = user.tokenFile
    ? (await readFile(user.tokenFile, 'utf8')).trim()
    : user.token;
  if (token) return { tls, authorization: `Bearer ${token}` };
  if (!user.username) return { tls };
  const login = Buffer.from(`${user.username}:${user.password ?? ''}`);
  return { tls, authorization: `Basic ${login.toString('base64')}` };
}

function usesPlugin({ user }: Pick<SelectedContext, 'user'>): boolean {
  return Boolean(user.exec || user['auth-provider']);
}

/** The official client runs login programs; it is loaded only here because it is large. */
async function askPlugin(
  { files, context }: SelectedContext,
  tls: Credentials['tls'],
): Promise<Credentials> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromFile(files[0]);
  for (const file of files.slice(1)) {
    const next = new KubeConfig();
    next.loadFromFile(file);
    config.mergeConfig(next, true);
  }
  config.setCurrentContext(context);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { cert, key } = options as { cert?: string; key?: string };
  const headers = options.headers as Record<string, string> | undefined;
  return { tls: { ...tls, cert, key }, authorization: headers?.Authorization };
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
