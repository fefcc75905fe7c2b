import type { ScmIntegrationRegistry } from '@backstage/integration';
import { bitbucketCloudClient } from './bitbucketCloud';
import { bitbucketServerClient } from './bitbucketServer';
import { giteaClient } from './gitea';
import { githubClient } from './github';
import { gitlabClient } from './gitlab';
import type { HostClient } from './HostClient';

/** Returns the git host of an address, `undefined` without an entry in the setting `integrations`. */
export function findHost(
  integrations: ScmIntegrationRegistry,
  address: string,
): HostClient | undefined {
  const { bitbucketCloud, bitbucketServer, gitea, github, gitlab } =
    integrations;
  const found = {
    gitea: gitea.byUrl(address)?.config,
    github: github.byUrl(address)?.config,
    gitlab: gitlab.byUrl(address)?.config,
    bitbucketCloud: bitbucketCloud.byUrl(address)?.config,
    bitbucketServer: bitbucketServer.byUrl(address)?.config,
  };
  if (found.gitea) return giteaClient(found.gitea);
  if (found.github) return githubClient(found.github, integrations);
  if (found.gitlab) return gitlabClient(found.gitlab, integrations);
  if (found.bitbucketCloud) return bitbucketCloudClient(found.bitbucketCloud);
  if (found.bitbucketServer)
    return bitbucketServerClient(found.bitbucketServer);
  return undefined;
}
