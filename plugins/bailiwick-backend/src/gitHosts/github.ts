import {
  DefaultGithubCredentialsProvider,
  type GithubIntegrationConfig,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { basic, type HostClient } from './HostClient';

/**
 * GitHub and GitHub Enterprise, with a token or an app. API:
 * https://docs.github.com/en/rest/repos/repos#create-an-organization-repository
 */
export function githubClient(
  config: GithubIntegrationConfig,
  integrations: ScmIntegrationRegistry,
): HostClient {
  const { apiBaseUrl, apps = [], host, token } = config;
  const provider =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return {
    title: 'GitHub',
    baseUrl: `https://${host}`,
    missing: token || apps.length > 0 ? undefined : 'token or apps',
    async credentials(url) {
      const { headers = {}, token: valid = '' } = await provider.getCredentials(
        { url },
      );
      return { api: headers, git: basic('x-access-token', valid) };
    },
    async create({ name, owner }, call) {
      await call({
        method: 'POST',
        url: `${apiBaseUrl}/orgs/${encodeURIComponent(owner)}/repos`,
        body: { name, private: true },
      });
    },
  };
}
