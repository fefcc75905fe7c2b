import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandError } from '../CommandError';
import type { StackOptions } from '../stack/StackOptions';

const defaultPortBase = 7007;

function defaultDataDir(): string {
  const share = process.env.XDG_DATA_HOME || join(homedir(), '.local/share');
  return join(share, 'bailiwick');
}

/** Options that all commands about a running Bailiwick share. */
export const stackFlags = {
  'data-dir': { type: 'string' },
  'port-base': { type: 'string' },
  context: { type: 'string' },
} as const;

/** Reads the command line. @throws CommandError for an unknown option or a bad value. */
export function parseFlags<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  flags: T,
) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw new CommandError(
      (error as Error).message,
      `Known options: ${Object.keys(flags)
        .map(flag => `--${flag}`)
        .join(', ')}.`,
    );
  }
}

/** Which Bailiwick is meant. @throws CommandError for a bad port. */
export function stackOptions(values: {
  'data-dir'?: string;
  'port-base'?: string;
  context?: string;
}): StackOptions {
  const portBase = Number(
    values['port-base'] ?? process.env.BAILIWICK_PORT_BASE ?? defaultPortBase,
  );
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > 65_000) {
    throw new CommandError(
      `"${values['port-base']}" is not a port.`,
      'Give --port-base a number from 1024 to 65000; Bailiwick takes it and the next three.',
    );
  }
  const dataDir =
    values['data-dir'] ?? process.env.BAILIWICK_DATA_DIR ?? defaultDataDir();
  return { dataDir: resolve(dataDir), portBase, context: values.context };
}
