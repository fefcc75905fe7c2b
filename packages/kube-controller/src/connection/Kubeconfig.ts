import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { KubeconfigError } from '../errors';

/** Location of a kubeconfig. @public */
export interface KubeconfigSource {
  /** File; `$KUBECONFIG`, `~/.kube/config` or the pod's service account when absent. */
  path?: string;
  /** Context; the current one by default. */
  context?: string;
}

/** Cluster of a kubeconfig; paths are absolute. */
export interface ClusterEntry {
  server: string;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'tls-server-name'?: string;
  'proxy-url'?: string;
}

/** Credential plugin (`exec`) of a kubeconfig. */
export interface CredentialPlugin {
  apiVersion: string;
  command: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  /** How to install the credential plugin. */
  installHint?: string;
}

/** User of a kubeconfig; paths are absolute. */
export interface UserEntry {
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  token?: string;
  tokenFile?: string;
  username?: string;
  password?: string;
  exec?: CredentialPlugin;
  'auth-provider'?: object;
  /** Identity that the user impersonates. */
  as?: string;
  'as-groups'?: string[];
}

/** The selected context of a kubeconfig (client-go `clientcmd/api/v1`). */
export interface SelectedContext {
  cluster: ClusterEntry;
  user: UserEntry;
  /** Source files; none for the pod's service account. */
  files: string[];
  context: string;
}

/** Content of a kubeconfig. */
export interface KubeconfigFile {
  'current-context'?: string;
  clusters?: { name: string; cluster: ClusterEntry }[];
  users?: { name: string; user?: UserEntry }[];
  contexts?: { name: string; context: { cluster: string; user?: string } }[];
}

const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Reads and merges kubeconfig files and selects a context; the first definition of a name wins.
 *
 * @throws KubeconfigError when there is none or the context is unknown
 */
export function selectContext(source: KubeconfigSource): SelectedContext {
  const places = findPlaces(source.path);
  const files = places.filter(file => existsSync(file));
  if (files.length === 0) return inPod(places);
  return { ...pickContext(files.map(readDocument), source.context), files };
}

/**
 * Selects a context; the first definition of a name wins.
 *
 * @param name - the current context by default
 * @throws KubeconfigError when the context is unknown or incomplete
 */
export function pickContext(
  documents: KubeconfigFile[],
  name?: string,
): Omit<SelectedContext, 'files'> {
  const contexts = documents.flatMap(document => document.contexts ?? []);
  const current = documents.find(document => document['current-context']);
  const wanted = name ?? current?.['current-context'];
  const context = contexts.find(one => one.name === wanted)?.context;
  if (!context) throw unknownContext(wanted, contexts);
  const cluster = documents
    .flatMap(document => document.clusters ?? [])
    .find(one => one.name === context.cluster)?.cluster;
  if (!cluster?.server) throw noCluster();
  if (!/^https?:\/\//.test(cluster.server) || !URL.canParse(cluster.server))
    throw new KubeconfigError(
      `The kubeconfig's cluster "${context.cluster}" has no usable address: server is "${cluster.server}", and should be like https://host:6443`,
    );
  const user = documents
    .flatMap(document => document.users ?? [])
    .find(one => one.name === context.user)?.user;
  return { cluster, user: user ?? {}, context: wanted ?? '' };
}

/** Returns the paths of kubeconfigs. */
function findPlaces(path: string | undefined): string[] {
  if (path) {
    if (existsSync(path)) return [path];
    throw new KubeconfigError(
      `No kubeconfig was found at ${path}; check the path`,
    );
  }
  const named = (process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  const usual = [join(homedir(), '.kube', 'config')];
  return named.length > 0 ? named : usual;
}

function readDocument(file: string): KubeconfigFile {
  let document: KubeconfigFile;
  try {
    document = parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    throw new KubeconfigError(
      `The kubeconfig cannot be read: ${(error as Error).message}`,
      error,
    );
  }
  const folder = dirname(resolve(file));
  const absolute = (entry: object = {}, ...fields: string[]) => {
    const paths = entry as Record<string, string>;
    for (const field of fields)
      if (paths[field]) paths[field] = resolve(folder, paths[field]);
  };
  for (const { cluster } of document.clusters ?? [])
    absolute(cluster, 'certificate-authority');
  for (const { user } of document.users ?? [])
    absolute(user, 'client-certificate', 'client-key', 'tokenFile');
  return document;
}

/**
 * Returns the context of a pod's service account (Kubernetes documentation, "Accessing the API
 * from a Pod").
 */
function inPod(places: string[]): SelectedContext {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } =
    process.env;
  const tokenFile = join(podFolder, 'token');
  if (!host || !existsSync(tokenFile))
    throw new KubeconfigError(
      `No kubeconfig was found at ${places.join(
        ' or ',
      )}, and this process does not run in a pod; set KUBECONFIG or name a kubeconfig`,
    );
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    cluster: {
      server: `https://${name}:${port ?? 443}`,
      'certificate-authority': join(podFolder, 'ca.crt'),
    },
    user: { tokenFile },
    files: [],
    context: '',
  };
}

function unknownContext(
  wanted: string | undefined,
  contexts: { name: string }[],
): KubeconfigError {
  const known = contexts.map(({ name }) => name).join(', ');
  return wanted
    ? new KubeconfigError(
        `The kubeconfig has no context "${wanted}"; it has: ${known}`,
      )
    : noCluster();
}

function noCluster(): KubeconfigError {
  return new KubeconfigError(
    'The kubeconfig selects no cluster; name a context, or set current-context in it',
  );
}
