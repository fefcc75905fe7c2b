import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError } from '../CommandError';
import { repositoryRoot } from './layout';
import type { StackOptions } from './StackOptions';

const defaultPortBase = 7007;

function defaultDataDir(): string {
  const share = process.env.XDG_DATA_HOME || join(homedir(), '.local/share');
  return join(share, 'bailiwick');
}

/** Values of the options that all commands about a running Bailiwick share. */
export interface StackFlags {
  'data-dir'?: string;
  'port-base'?: string;
  context?: string;
  'in-cluster'?: boolean;
}

interface CommandTable {
  options: Record<string, { type: 'string' | 'boolean' }>;
  commands: Record<string, { options?: string[] }>;
}

/**
 * Reads the command line as `commands.json` describes it; `scripts/commandLine.mjs` has checked it
 * by the same table before anything was installed.
 *
 * @throws CommandError for an unknown option
 */
export function parseFlags<Flags extends object>(
  command: string,
  args: string[],
): { values: Flags; positionals: string[] } {
  const file = join(repositoryRoot, 'packages/cli/commands.json');
  const table: CommandTable = JSON.parse(readFileSync(file, 'utf8'));
  const names = table.commands[command].options ?? [];
  const options = Object.fromEntries(
    names.map(name => [name, { type: table.options[name].type }]),
  );
  try {
    const read = parseArgs({ args, options, allowPositionals: true });
    return { values: read.values as Flags, positionals: read.positionals };
  } catch (error) {
    throw new CommandError(
      (error as Error).message,
      `Known options: ${names.map(name => `--${name}`).join(', ')}.`,
    );
  }
}

/** Returns the installation that the flags select. @throws CommandError for an invalid port */
export function stackOptions(values: StackFlags): StackOptions {
  const portBase = Number(
    values['port-base'] ?? process.env.BAILIWICK_PORT_BASE ?? defaultPortBase,
  );
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > 65_000) {
    throw new CommandError(
      `"${values['port-base']}" is not a valid port.`,
      'Set --port-base to a number from 1024 to 65000; Bailiwick uses this port and the next four.',
    );
  }
  const dataDir =
    values['data-dir'] ?? process.env.BAILIWICK_DATA_DIR ?? defaultDataDir();
  return {
    dataDir: resolve(dataDir),
    portBase,
    context: values.context,
    inCluster: values['in-cluster'] ?? false,
  };
}
