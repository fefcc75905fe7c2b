import {
  getBitbucketCloudOAuthToken,
  getBitbucketCloudRequestOptions,
  type BitbucketCloudIntegrationConfig,
} from '@backstage/integration';
import { basic, type HostClient } from './HostClient';

/**
 * Bitbucket Cloud. API:
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/#api-repositories-workspace-repo-slug-post
 */
export function bitbucketCloudClient(
  config: BitbucketCloudIntegrationConfig,
): HostClient {
  const { apiBaseUrl, appPassword, clientId, clientSecret, host } = config;
  const { token, username } = config;
  const isApp = clientId && clientSecret;
  const isPerson = username && (token || appPassword);

  async function gitPassword(): Promise<string> {
    if (isApp) {
      const issued = await getBitbucketCloudOAuthToken(clientId, clientSecret);
      return basic('x-token-auth', issued);
    }
    // Of API tokens, git gets another user name than the API, which gets an e-mail address.
    return token
      ? basic('x-bitbucket-api-token-auth', token)
      : basic(username ?? '', appPassword ?? '');
  }

  return {
    title: 'Bitbucket Cloud',
    baseUrl: `https://${host}`,
    missing:
      isApp || isPerson
        ? undefined
        : 'username and token, or clientId and clientSecret',
    async credentials() {
      const { headers } = await getBitbucketCloudRequestOptions(config);
      return { api: headers, git: await gitPassword() };
    },
    async create({ name, owner }, call) {
      const path = [owner, name].map(encodeURIComponent).join('/');
      await call({
        method: 'POST',
        url: `${apiBaseUrl}/repositories/${path}`,
        body: { scm: 'git', is_private: true },
      });
    },
  };
}
