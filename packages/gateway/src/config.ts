import { parseArgs } from 'node:util';

/** How a gateway is run. */
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
  /** How pods are reached: by the address of their service, or through the API server. */
  upstream: 'direct' | 'proxy';
  /** Address under which readers reach the gateway, without a slash at the end. */
  publicUrl?: string;
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
  --upstream WAY      direct (Service addresses) or proxy (through the API server); by default direct
  --public-url URL    public address of the gateway
  --timeout SECONDS   timeout of a call to an app (60)`;

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
      upstream: text,
      'public-url': text,
      timeout: text,
    },
  });
  const given = (option: keyof typeof values): string | undefined =>
    values[option] ??
    environment[`BAILIWICK_GATEWAY_${option.replace('-', '_').toUpperCase()}`];
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
    upstream: way(given('upstream') ?? 'direct'),
    publicUrl: given('public-url')?.replace(/\/+$/, ''),
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
