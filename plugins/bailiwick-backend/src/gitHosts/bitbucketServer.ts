import {
  getBitbucketServerRequestOptions,
  type BitbucketServerIntegrationConfig,
} from '@backstage/integration';
import type { HostClient } from './HostClient';

/**
 * Bitbucket Data Center, whose repositories are below `/scm/<project>`. API:
 * https://developer.atlassian.com/server/bitbucket/rest/latest/api-group-project/
 */
export function bitbucketServerClient(
  config: BitbucketServerIntegrationConfig,
): HostClient {
  const { apiBaseUrl, password, token, username } = config;
  const website = apiBaseUrl.replace(/\/rest\/api\/[^/]+\/?$/, '');
  return {
    title: 'Bitbucket Data Center',
    baseUrl: `${website}/scm`,
    missing:
      token || (username && password)
        ? undefined
        : 'token, or username and password',
    async credentials() {
      const headers: Record<string, string> =
        getBitbucketServerRequestOptions(config).headers;
      return { api: headers, git: headers.Authorization };
    },
    async create({ name, owner }, call) {
      await call({
        method: 'POST',
        url: `${apiBaseUrl}/projects/${encodeURIComponent(owner)}/repos`,
        body: { name, scmId: 'git', defaultBranch: 'main' },
      });
    },
    website: ({ name, owner }) => `${website}/projects/${owner}/repos/${name}`,
  };
}
