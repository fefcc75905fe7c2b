import {
  getGiteaRequestOptions,
  type GiteaIntegrationConfig,
} from '@backstage/integration';
import { basic, type HostClient } from './HostClient';

/** Gitea and Forgejo. API: https://docs.gitea.com/api/#tag/organization/operation/createOrgRepo */
export function giteaClient(config: GiteaIntegrationConfig): HostClient {
  const { host, password = '', username } = config;
  const baseUrl = config.baseUrl ?? `https://${host}`;
  return {
    title: 'Gitea',
    baseUrl,
    missing: password ? undefined : 'password, which can be an access token',
    async credentials() {
      const { headers = {} } = getGiteaRequestOptions(config);
      // Of an access token, Gitea ignores the user.
      return { api: headers, git: basic(username ?? 'token', password) };
    },
    async create({ name, owner }, call) {
      await call({
        method: 'POST',
        url: `${baseUrl}/api/v1/orgs/${encodeURIComponent(owner)}/repos`,
        body: { name, private: true, default_branch: 'main' },
      });
    },
  };
}
