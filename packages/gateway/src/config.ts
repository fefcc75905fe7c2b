import { isCidr } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parseArgs } from 'node:util';
import type { AccessTokenOptions } from './login';

/** Options of a gateway. */
export interface GatewayConfig {
  /** File; `$KUBECONFIG`, `~/.kube/config` or the pod's service account when absent. */
  kubeconfig?: string;
  context?: string;
  host: string;
  port: number;
  /** For `/metrics`, which are not for readers. */
  metricsPort: number;
  /** File that stores the call history across restarts; it starts empty without one. */
  historyFile?: string;
  /** Folder of the read log, one per gateway; without one, the newest reads are kept in memory. */
  readsFolder?: string;
  /** Maximum size of the read log in MiB. */
  readsMegabytes: number;
  /** Folder of the snapshots of OData, one per gateway; its content is deleted. A temporary folder by default. */
  snapshotsFolder?: string;
  /** Maximum size of this folder in MiB. */
  snapshotsMegabytes: number;
  /** Path to pods: directly to the Service's address, or through the API server. */
  upstream: 'direct' | 'proxy';
  /** Address under which readers reach the gateway, without a slash at the end. */
  publicUrl?: string;
  /** Identity provider whose access tokens are accepted. */
  accessTokens?: AccessTokenOptions;
  /** Maximum number of failed logins per minute and address. */
  failedLogins: number;
  /** Maximum number of open streams. */
  streams: number;
  /** Maximum number of open streams of one grant. */
  streamsPerGrant: number;
  /** Ranges of the proxies whose `X-Forwarded-For` names the client. */
  trustedProxies: string[];
  /** Milliseconds to wait for an app. */
  timeout: number;
}

/** Text of `--help`. */
export const usageText = `bailiwick-gateway [options]; each option can be set with BAILIWICK_GATEWAY_<OPTION>
  --kubeconfig FILE   kubeconfig of the cluster
  --context NAME      context of the kubeconfig
  --host ADDRESS      address to listen on (127.0.0.1)
  --port PORT         port to listen on (7080)
  --metrics-port PORT private port of /metrics (7081)
  --history-file FILE file that keeps the call history across restarts; one per replica
  --reads-folder DIR  folder of the log of all reads; one per replica
  --reads-megabytes N maximum size of this folder; the oldest reads are deleted (64)
  --snapshots-folder DIR  folder for OData snapshots; one per replica; its content is deleted at startup
  --snapshots-megabytes N maximum size of this folder (1024)
  --upstream WAY      direct (Service addresses) or proxy (through the API server); by default direct
  --public-url URL    public address of the gateway
  --oidc-issuer URL   OpenID provider whose access tokens (JWT) are accepted as bearer tokens
  --oidc-audience A   audience that these tokens must have; by default the public address of the gateway, or an address below it
  --oidc-claim NAME   claim with the name of the person (preferred_username)
  --oidc-domains D    domains of names that are e-mail addresses, such as example.com,example.org
  --timeout SECONDS   timeout of a call to an app (60)
  --streams N         maximum number of open streams (5000)
  --streams-per-grant N  maximum number of open streams of one grant (100)
  --failed-logins N   failed logins per minute and address before a lockout (20)
  --trusted-proxies R networks of proxies whose X-Forwarded-For names the client, such as 10.0.0.0/8,fd00::/8`;

/**
 * Reads command line and environment.
 *
 * @throws Error naming the option that cannot be read.
 */
export function readConfig(
  args: string[],
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      kubeconfig: text,
      context: text,
      host: text,
      port: text,
      'metrics-port': text,
      'history-file': text,
      'reads-folder': text,
      'reads-megabytes': text,
      'snapshots-folder': text,
      'snapshots-megabytes': text,
      upstream: text,
      'public-url': text,
      'oidc-issuer': text,
      'oidc-audience': text,
      'oidc-claim': text,
      'oidc-domains': text,
      timeout: text,
      streams: text,
      'streams-per-grant': text,
      'failed-logins': text,
      'trusted-proxies': text,
    },
  });
  const given = (option: keyof typeof values): string | undefined =>
    values[option] ??
    environment[
      `BAILIWICK_GATEWAY_${option.replaceAll('-', '_').toUpperCase()}`
    ];
  const publicUrl = given('public-url')?.replace(/\/+$/, '');
  return {
    kubeconfig: given('kubeconfig'),
    context: given('context'),
    host: given('host') ?? '127.0.0.1',
    port: wholeNumber('port', given('port') ?? '7080', 0, 65_535),
    metricsPort: wholeNumber(
      'metrics-port',
      given('metrics-port') ?? '7081',
      0,
      65_535,
    ),
    historyFile: given('history-file'),
    readsFolder: given('reads-folder'),
    readsMegabytes: wholeNumber(
      'reads-megabytes',
      given('reads-megabytes') ?? '64',
      1,
      100_000,
    ),
    snapshotsFolder: given('snapshots-folder'),
    snapshotsMegabytes: wholeNumber(
      'snapshots-megabytes',
      given('snapshots-megabytes') ?? '1024',
      1,
      1_000_000,
    ),
    upstream: way(given('upstream') ?? 'direct'),
    publicUrl,
    accessTokens: accessTokens({
      issuer: given('oidc-issuer'),
      audience: given('oidc-audience') ?? publicUrl,
      claim: given('oidc-claim'),
      domains: given('oidc-domains'),
    }),
    failedLogins: wholeNumber(
      'failed-logins',
      given('failed-logins') ?? '20',
      1,
      10_000,
    ),
    streams: wholeNumber('streams', given('streams') ?? '5000', 1, 100_000),
    streamsPerGrant: wholeNumber(
      'streams-per-grant',
      given('streams-per-grant') ?? '100',
      1,
      100_000,
    ),
    trustedProxies: ranges(given('trusted-proxies')),
    timeout: 1000 * wholeNumber('timeout', given('timeout') ?? '60', 1, 3600),
  };
}

function wholeNumber(
  option: string,
  text: string,
  min: number,
  max: number,
): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(
      `--${option} is "${text}"; it must be a whole number from ${min} to ${max}`,
    );
  }
  return value;
}

function way(text: string): 'direct' | 'proxy' {
  if (text === 'direct' || text === 'proxy') return text;
  throw new Error(`--upstream is "${text}"; it must be direct or proxy`);
}

function accessTokens({
  audience,
  claim = 'preferred_username',
  domains = '',
  issuer,
}: {
  audience?: string;
  claim?: string;
  domains?: string;
  issuer?: string;
}): AccessTokenOptions | undefined {
  if (!issuer) return undefined;
  if (!URL.canParse(issuer))
    throw new Error(
      `--oidc-issuer is "${issuer}"; it must be an address such as https://login.example.com/realms/main`,
    );
  if (!audience)
    throw new Error(
      '--oidc-issuer requires --public-url or --oidc-audience, so that tokens for other programs are refused',
    );
  const list = domains.toLowerCase().split(',').filter(Boolean);
  return { audience, claim, domains: list, issuer };
}

function ranges(text = ''): string[] {
  const list = text.split(',').filter(Boolean);
  const wrong = list.find(range => !isCidr(range));
  if (wrong === undefined) return list;
  throw new Error(
    `--trusted-proxies has "${wrong}"; it must be a list of networks such as 10.0.0.0/8,fd00::/8`,
  );
}
