import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { credentialsFor } from './credentialsFor';
import { explainGit } from './explainGit';
import { pathWithin } from './readGitHost';
import type { CallHost, HostClient } from './HostClient';

/** Milliseconds of a request. */
const timeout = 20_000;

/**
 * Creates a private, empty repository at a git host.
 *
 * @throws HostUnreachableError, ConflictError when it exists, ServiceUnavailableError when the host refuses it
 */
export async function createAtHost(
  client: HostClient,
  address: string,
): Promise<void> {
  const { api } = await credentialsFor(client, address);
  const call: CallHost = async ({ body, method, url }) => {
    const response = await fetch(url, {
      method,
      headers: {
        ...api,
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'error', // the credentials are for this host only
      signal: AbortSignal.timeout(timeout),
    }).catch(error => {
      const { cause, message } = error as Error;
      const output = cause instanceof Error ? cause.message : message;
      throw explainGit({ address, output });
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text || 'null');
    throw refusal(client, address, response.status, text);
  };
  await client.create(pathWithin(client, address), call);
}

function refusal(
  client: HostClient,
  address: string,
  status: number,
  text: string,
): Error {
  if (/already|exist.*same name|taken/i.test(text))
    return new ConflictError(
      `Repository ${address} exists, but the portal has no access to it. Choose another name, or give the portal's account access`,
    );
  const { owner } = pathWithin(client, address);
  const remedy =
    status === 404
      ? `Check that ${owner} exists and that the portal's account can create repositories in it`
      : "Check the permissions of the portal's account";
  return new ServiceUnavailableError(
    `${client.title} did not create ${address} (status ${status}: ${wordsOf(
      text,
    )}). ${remedy}; or create the empty repository by hand, and try again`,
  );
}

/** Returns the message of an error, whose place differs between hosts. */
function wordsOf(text: string): string {
  try {
    const body = Object(JSON.parse(text));
    const words =
      body.message ?? body.error?.message ?? body.errors?.[0]?.message;
    return typeof words === 'string' ? words : text.slice(0, 200);
  } catch {
    return text.slice(0, 200) || 'no message';
  }
}
