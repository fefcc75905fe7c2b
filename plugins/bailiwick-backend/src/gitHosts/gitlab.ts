import {
  DefaultGitlabCredentialsProvider,
  type GitLabIntegrationConfig,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { basic, type HostClient } from './HostClient';

/** GitLab. API: https://docs.gitlab.com/api/projects/#create-a-project */
export function gitlabClient(
  config: GitLabIntegrationConfig,
  integrations: ScmIntegrationRegistry,
): HostClient {
  const { apiBaseUrl, baseUrl, token } = config;
  const provider =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  return {
    title: 'GitLab',
    baseUrl,
    missing: token ? undefined : 'token',
    async credentials(url) {
      const { headers = {}, token: valid = '' } = await provider.getCredentials(
        { url },
      );
      return { api: headers, git: basic('oauth2', valid) };
    },
    async create({ name, owner }, call) {
      const group = await call({
        method: 'GET',
        url: `${apiBaseUrl}/namespaces/${encodeURIComponent(owner)}`,
      });
      await call({
        method: 'POST',
        url: `${apiBaseUrl}/projects`,
        body: {
          name,
          path: name,
          namespace_id: Object(group).id,
          visibility: 'private',
          default_branch: 'main',
        },
      });
    },
  };
}
