import { parse } from 'yaml';
import { KubeconfigError } from '../errors';
import {
  pickContext,
  type ClusterEntry,
  type KubeconfigFile,
  type SelectedContext,
  type UserEntry,
} from './Kubeconfig';

/** Fields with which an untrusted kubeconfig could run programs, read files or use a proxy. */
const refusedOfUser: (keyof UserEntry)[] = [
  'exec',
  'auth-provider',
  'client-certificate',
  'client-key',
  'tokenFile',
];
const refusedOfCluster: (keyof ClusterEntry)[] = [
  'certificate-authority',
  'proxy-url',
];

/**
 * Selects the current context of an untrusted kubeconfig, which must be self-contained.
 *
 * @throws KubeconfigError when it is invalid or names programs, files or a proxy
 */
export function selectInline(text: string): SelectedContext {
  const selected = pickContext([read(text)]);
  const { cluster, user } = selected;
  const found = [
    ...refusedOfCluster.filter(field => cluster[field] !== undefined),
    ...refusedOfUser.filter(field => user[field] !== undefined),
  ];
  if (found.length > 0)
    throw new KubeconfigError(
      `The kubeconfig has ${found.join(
        ', ',
      )}, which would run, read or pass something here; put certificates and a token into it instead (certificate-authority-data, client-certificate-data, client-key-data, token)`,
    );
  if (cluster['insecure-skip-tls-verify'] || !isEncrypted(cluster))
    throw new KubeconfigError(
      'The kubeconfig does not check whom it talks to; give an https address and certificate-authority-data, and leave insecure-skip-tls-verify out',
    );
  return { ...selected, files: [] };
}

function read(text: string): KubeconfigFile {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    // The parser's message quotes the text, including credentials.
    throw new KubeconfigError('The kubeconfig is not valid YAML');
  }
  const lists = ['clusters', 'contexts', 'users'] as const;
  const file = document as KubeconfigFile | undefined;
  const isOne =
    typeof file === 'object' &&
    file !== null &&
    lists.every(list => isListOfNamed(file[list]));
  if (!isOne)
    throw new KubeconfigError(
      'The file is not a kubeconfig: clusters, contexts and users must be lists of named entries',
    );
  return file;
}

function isListOfNamed(list: unknown): boolean {
  return (
    list === undefined ||
    (Array.isArray(list) &&
      list.every(one => typeof one?.name === 'string' && one.name !== ''))
  );
}

function isEncrypted({ server }: ClusterEntry): boolean {
  return server.startsWith('https://');
}
