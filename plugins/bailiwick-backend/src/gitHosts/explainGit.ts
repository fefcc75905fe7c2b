import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** Thrown while a git host does not respond. */
export class HostUnreachableError extends ServiceUnavailableError {
  constructor(host: string, why: string) {
    super(`Can't reach ${host}: ${why}. Try again later`);
  }
}

/** Thrown when the branch of a push has other commits than expected. */
export class StaleBranchError extends ConflictError {
  constructor(branch: string) {
    super(
      `Branch "${branch}" has newer commits on the git host; review your changes against them, and commit again`,
    );
  }
}

/** Thrown when a repository has more data than a portal can keep. */
export class RepositoryTooLargeError extends InputError {
  constructor(address: string, mebibytes: number) {
    super(
      `Repository ${address} has more than ${mebibytes} MiB of new data; move large files out of its history`,
    );
  }
}

/** A failed command that connected to a git host. */
export interface FailedGit {
  address: string;
  /** Branch that was pushed. */
  branch?: string;
  /** Output of git, with its errors. */
  output: string;
  /** Seconds after which the portal ended the command; absent if git ended by itself. */
  endedAfter?: number;
}

/** Returns the error with the cause and the remedy for a command that failed. */
export function explainGit({
  address,
  branch,
  endedAfter,
  output,
}: FailedGit): Error {
  const { host } = new URL(address);
  const has = (pattern: RegExp) => pattern.test(output);
  if (endedAfter)
    return new HostUnreachableError(host, `no response within ${endedAfter} s`);
  if (branch && has(/stale info|non-fast-forward|fetch first/))
    return new StaleBranchError(branch);
  if (branch && has(/\[(remote )?rejected\]/))
    return new ConflictError(refusalOf(host, branch, output));
  if (has(/certificate|SSL/i))
    return new ServiceUnavailableError(
      `The certificate of ${host} is not trusted. Ask the platform team to set GIT_SSL_CAINFO and NODE_EXTRA_CA_CERTS to the certificate of its authority`,
    );
  if (has(/Authentication failed|could not read Username|returned error: 401/))
    return new ServiceUnavailableError(
      `${host} refuses the credentials of the portal. Ask the platform team to check them in integrations`,
    );
  if (has(/not found|returned error: 404/i))
    return new NotFoundError(
      `Repository ${address} does not exist, or the portal has no access to it`,
    );
  if (has(/returned error: 403/))
    return new ServiceUnavailableError(
      `${host} gives the portal no access to ${address}. Ask the platform team to add the portal's account with permission to push`,
    );
  const why =
    output.match(/unable to access '[^']*': (.*)/)?.[1] ??
    output.trim().split('\n').at(-1) ??
    'git failed';
  return new HostUnreachableError(host, why);
}

/** Returns the words of a host that refused a push. */
function refusalOf(host: string, branch: string, output: string): string {
  const said = output
    .split('\n')
    .filter(line => line.startsWith('remote:'))
    .map(line => line.replace(/^remote:\s*(error:\s*)?/i, '').trim())
    .filter(line => /\w/.test(line));
  const reason = output.match(/rejected\][^(]*\((.*)\)/)?.[1];
  const words = said.length > 0 ? said.join(' ') : reason;
  return `${host} refused the commit to "${branch}"${
    words ? `: ${words.replace(/\.$/, '')}` : ''
  }. If the branch is protected, commit to another branch and merge it there`;
}
