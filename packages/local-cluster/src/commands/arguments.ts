import { parseArgs } from 'node:util';
import { ClusterError } from '../ClusterError';
import { defaultDataDir } from '../paths';
import type { StartOptions } from '../StartOptions';

const flags = {
  name: { type: 'string', default: 'local' },
  'data-dir': { type: 'string' },
  provider: { type: 'string', default: 'auto' },
  context: { type: 'string' },
  'control-plane-only': { type: 'boolean', default: false },
  'controller-manager': { type: 'boolean', default: false },
  'simulated-node': { type: 'string' },
  kinds: { type: 'string' },
  'pod-gate': { type: 'string' },
  detach: { type: 'boolean', default: false },
  'while-stdin-open': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  follow: { type: 'boolean', short: 'f', default: false },
  group: { type: 'string', multiple: true, default: [] as string[] },
  out: { type: 'string' },
  registry: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const providers = ['auto', 'existing', 'kind', 'local'];

/** Parsed command line. */
export interface Arguments extends StartOptions {
  command: string;
  positionals: string[];
  detach: boolean;
  whileStdinOpen: boolean;
  json: boolean;
  follow: boolean;
  groups: string[];
  out?: string;
  registry?: string;
  help: boolean;
}

/**
 * Reads the command line.
 *
 * @throws ClusterError naming the argument that is not understood
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [command = 'help', ...rest] = positionals;
  if (!providers.includes(values.provider)) {
    throw wrong(
      `--provider ${values.provider} is none of ${providers.join(', ')}.`,
    );
  }
  // 24 characters, so that the host name and every derived name stay within their limits.
  if (!/^[a-z0-9]([-a-z0-9]{0,22}[a-z0-9])?$/.test(values.name)) {
    throw wrong(
      `--name "${values.name}" must be 1 to 24 of a-z, 0-9 and inner dashes.`,
    );
  }
  return {
    command,
    positionals: rest,
    name: values.name,
    dataDir: values['data-dir'] ?? defaultDataDir(),
    provider: values.provider as StartOptions['provider'],
    context: values.context,
    controlPlaneOnly: values['control-plane-only'],
    controllerManager: values['controller-manager'],
    simulatedNode: values['simulated-node'],
    kinds: values.kinds,
    podGate: values['pod-gate'],
    detach: values.detach,
    whileStdinOpen: values['while-stdin-open'],
    json: values.json,
    follow: values.follow,
    groups: values.group,
    out: values.out,
    registry: values.registry,
    help: values.help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: flags,
      allowPositionals: true,
    });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function wrong(message: string): ClusterError {
  return new ClusterError(
    message,
    'bailiwick-cluster help lists commands and options.',
  );
}
