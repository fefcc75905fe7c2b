import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readPlatformGroup } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';
import { readGitHost, type GitHostConfig } from '../gitHosts';
import type { RequestLimit } from '../http';

/** Address and authentication of a Prometheus. */
export interface PrometheusOptions {
  /** Its address, with the path of a proxy but without `/api/v1`. */
  url: string;
  headers?: Record<string, string>;
  /** Additional label matchers of this installation's series in PromQL, such as `cluster="west"`. */
  matchers?: string;
  /** Window of rates, four scrapes long; `2m` by default. */
  window?: string;
}

/** Addresses of workspaces. */
export interface WorkspacesConfig {
  /** Address in browsers, in which `*` stands for one workspace: `https://*.workspaces.example.com`. */
  baseUrl: string;
  /** Where the portal listens for them. */
  listen: { port: number; host?: string };
  /** Address of the portal in browsers. */
  portalUrl: string;
}

/** The plugin's settings. */
export interface BailiwickConfig {
  /** Folder that holds the bare repositories. */
  repositories: string;
  /** Git host of the repositories, if it is not the portal. */
  gitHost: GitHostConfig;
  /** Address of the plugin as browsers and git clients see it. */
  publicUrl: string;
  /** Address of the gateway as readers see it; absent without a gateway. */
  gatewayUrl?: string;
  /** Address of the metrics port of the gateways; the portal shows no call history without it. */
  gatewayMetricsUrl?: string;
  /** Entity reference of the group of platform engineers. */
  platformGroup: string;
  /** Folder of the guides; the portal has none without it. */
  guides?: string;
  /** Stores the metrics of apps, if configured. */
  prometheus?: PrometheusOptions;
  /** Requests of a person. */
  rateLimit: RequestLimit;
  /** The portal opens no workspaces without them. */
  workspaces?: WorkspacesConfig;
}

const webAddress = z
  .url({
    protocol: /^https?$/,
    error: 'must be a URL that starts with http:// or https://',
  })
  .transform(url => url.replace(/\/+$/, ''));
const text = z.string({
  error: ({ input }) =>
    input === undefined ? 'is missing' : 'must be a string',
});

const count = z.number('must be a number').int().min(1, 'must be at least 1');

const folder = text.min(1, 'must be the path of a folder');

/** Whether neither address nor port of workspaces is set. */
function isUnset(value: unknown): boolean {
  const { baseUrl, listen } = Object(value);
  return baseUrl === undefined && Object(listen).port === undefined;
}

const settings = z.object({
  docs: z.object({ path: folder.optional() }).optional(),
  git: z.object(
    { directory: folder },
    'is missing; set bailiwick.git.directory to the folder for app repositories',
  ),
  gateway: z
    .object({
      baseUrl: webAddress.optional(),
      metricsUrl: webAddress.optional(),
    })
    .optional(),
  rateLimit: z
    .object({
      requests: count.default(500),
      seconds: count.default(10),
      open: count.default(200),
    })
    .default({ requests: 500, seconds: 10, open: 200 }),
  // The variables of the embedded default are absent in other installations.
  workspaces: z.preprocess(
    value => (isUnset(value) ? undefined : value),
    z
      .object({
        baseUrl: text.regex(
          /^https?:\/\/[^/]*\*[^/]*$/,
          'must be an address with * for one workspace, such as https://*.workspaces.example.com',
        ),
        listen: z.object({
          // Variables in the configuration are strings.
          port: z.coerce
            .number('must be a number')
            .int()
            .min(1, 'must be at least 1')
            .max(65_535, 'must be at most 65535'),
          host: text.optional(),
        }),
      })
      .optional(),
  ),
  prometheus: z
    .object({
      url: webAddress,
      headers: z.record(z.string(), text).optional(),
      matchers: text.optional(),
      window: text
        .regex(/^\d+[smh]$/, 'must be a duration such as 2m')
        .optional(),
    })
    .optional(),
});

/**
 * Reads the plugin's settings, once at start-up.
 *
 * @throws InputError that names every missing and every invalid key
 */
export function readConfig(config: Config): BailiwickConfig {
  const parsed = settings.safeParse(config.getOptional('bailiwick') ?? {});
  const { gitHost, problems: hostProblems } = readGitHost(config);
  if (!parsed.success || hostProblems.length > 0) {
    const issues = parsed.error?.issues ?? [];
    const problems = [
      ...issues.map(
        ({ message, path }) => `bailiwick.${path.join('.')} ${message}`,
      ),
      ...hostProblems,
    ];
    throw new InputError(
      `The Bailiwick configuration is invalid: ${problems.join('; ')}`,
    );
  }
  const { docs, gateway, git, prometheus, rateLimit, workspaces } = parsed.data;
  return {
    repositories: git.directory,
    gitHost,
    publicUrl: `${config.getString('backend.baseUrl')}/api/bailiwick`,
    gatewayUrl: gateway?.baseUrl,
    gatewayMetricsUrl: gateway?.metricsUrl,
    guides: docs?.path,
    platformGroup: readPlatformGroup(config),
    prometheus,
    rateLimit,
    ...(workspaces && {
      workspaces: {
        ...workspaces,
        portalUrl:
          config.getOptionalString('app.baseUrl') ??
          config.getString('backend.baseUrl'),
      },
    }),
  };
}
