import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { z } from 'zod';
import { findHost } from './findHost';
import type { HostClient, RepositoryPath } from './HostClient';

/** Seconds between two looks at all repositories. */
const pollSeconds = 30;

/** Settings of repositories at another git host. */
export interface GitHostConfig {
  /** Returns the git host of an address, `undefined` without credentials for it. */
  find(address: string): HostClient | undefined;
  /** Returns the address for `git clone` of a new app's repository; absent if the portal hosts new repositories. */
  addressOf?(place: { tenant: string; name: string }): string;
  /** Seconds between two looks at all repositories. */
  pollSeconds: number;
  /** Secret of webhooks, which are refused without one. */
  webhookSecret?: string;
}

const settings = z
  .object({
    repositories: z.string('is missing'),
    pollSeconds: z
      .number('must be a number')
      .min(1, 'must be at least 1')
      .default(pollSeconds),
    webhookSecret: z
      .string('must be a string')
      .min(16, 'must have at least 16 characters')
      .optional(),
  })
  .optional();

/**
 * Reads `bailiwick.git.host` and the entry of `integrations` with its credentials.
 *
 * @returns the settings, and all problems as `key problem`
 */
export function readGitHost(config: Config): {
  gitHost: GitHostConfig;
  problems: string[];
} {
  const integrations = ScmIntegrations.fromConfig(config);
  const find = (address: string) => {
    const client = findHost(integrations, address);
    return client?.missing ? undefined : client;
  };
  const key = 'bailiwick.git.host';
  const parsed = settings.safeParse(config.getOptional(key));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ message, path }) =>
      [[key, ...path].join('.'), message].join(' '),
    );
    return { gitHost: { find, pollSeconds }, problems };
  }
  if (!parsed.data) return { gitHost: { find, pollSeconds }, problems: [] };
  const { repositories: template, ...rest } = parsed.data;
  const problem =
    templateProblem(template) ??
    hostProblem(findHost(integrations, template), template);
  return {
    gitHost: {
      ...rest,
      find,
      addressOf: ({ name, tenant }) =>
        `${template
          .replace('{tenant}', tenant)
          .replace('{app}', name)
          .replace(/\.git$/, '')}.git`,
    },
    problems: problem ? [`${key}.repositories ${problem}`] : [],
  };
}

/** Returns the place of a repository within its host. @throws Error for an address of another host */
export function pathWithin(
  { baseUrl }: HostClient,
  address: string,
): RepositoryPath {
  const parts = address
    .slice(baseUrl.length)
    .replace(/\.git$/, '')
    .split('/')
    .filter(Boolean);
  const name = parts.pop();
  if (!address.startsWith(`${baseUrl}/`) || !name || parts.length === 0)
    throw new Error(`${address} is not the address of a repository`);
  return { owner: parts.join('/'), name };
}

const example = 'https://git.example.com/platform/{tenant}.{app}';

function templateProblem(template: string): string | undefined {
  if (!URL.canParse(template) || !/^https?:\/\//.test(template))
    return `must be an address with https:// such as ${example}`;
  if (new URL(template).username)
    return 'must not contain a user; set the credentials in integrations';
  const between = template.match(/\{tenant\}(.+)\{app\}|\{app\}(.+)\{tenant\}/);
  const separator = between?.[1] ?? between?.[2];
  if (!separator) return `must contain {tenant} and {app}: ${example}`;
  // Tenant a-b with app c must not get the repository of tenant a with app b-c; names contain single hyphens.
  if (/^([a-z0-9]|-(?!-))*$/i.test(separator))
    return `must separate {tenant} and {app} by / . or _, so that no two apps have the same repository: ${example}`;
  return undefined;
}

function hostProblem(
  client: HostClient | undefined,
  template: string,
): string | undefined {
  const { host } = new URL(template);
  if (!client)
    return `is at ${host}, of which integrations has no entry; add one with host ${host} under integrations.gitea, github, gitlab, bitbucketCloud or bitbucketServer`;
  if (client.missing)
    return `is at ${host}, whose entry in integrations lacks ${client.missing}`;
  if (!template.startsWith(`${client.baseUrl}/`))
    return `must begin with ${client.baseUrl}/, the address of ${client.title} in integrations`;
  const { length } = template
    .slice(client.baseUrl.length)
    .split('/')
    .filter(Boolean);
  return length < 2
    ? `must name an organization, group or project before the repository: ${example}`
    : undefined;
}
