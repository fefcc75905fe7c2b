import { ServiceUnavailableError } from '@backstage/errors';
import type { HostClient, HostCredentials } from './HostClient';

/** Returns the credentials for a repository. @throws ServiceUnavailableError when the host issues none */
export async function credentialsFor(
  client: HostClient,
  address: string,
): Promise<HostCredentials> {
  return client.credentials(address).catch(error => {
    throw new ServiceUnavailableError(
      `The portal gets no credentials from ${client.title}: ${
        (error as Error).message
      }. Ask the platform team to check integrations`,
    );
  });
}
