/** Place of a repository within its git host. */
export interface RepositoryPath {
  /** Organization, group, workspace or project; GitLab's groups can contain others: `platform/apps`. */
  owner: string;
  name: string;
}

/** Credentials of the portal for one repository, as values of the header `Authorization`. */
export interface HostCredentials {
  /** Of the REST API. */
  api: Record<string, string>;
  /** Of git over HTTP. */
  git: string;
}

/** A request to the REST API of a git host. */
export interface HostRequest {
  method: 'GET' | 'POST';
  url: string;
  body?: object;
}

/** Calls the REST API of a git host and returns the body of its response. */
export type CallHost = (request: HostRequest) => Promise<unknown>;

/** A git host of the setting `integrations`. */
export interface HostClient {
  /** Product, such as GitLab. */
  title: string;
  /** Address below which all repositories are, without a slash at the end. */
  baseUrl: string;
  /** Missing settings of its entry in `integrations`; `undefined` if it has credentials. */
  missing?: string;
  /** Returns the credentials for a repository; some are requested from the host and expire. */
  credentials(address: string): Promise<HostCredentials>;
  /** Creates a private, empty repository. */
  create(path: RepositoryPath, call: CallHost): Promise<void>;
  /** Returns the address of a repository in browsers; that for `git clone` without `.git` by default. */
  website?(path: RepositoryPath): string;
}

/** Returns the value of the header `Authorization` for HTTP Basic. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
