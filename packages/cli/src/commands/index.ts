import { CommandError } from '../CommandError';

type Command = (args: string[]) => Promise<number>;

/** Commands by name; each is loaded only when it runs. */
const commands: Record<string, () => Promise<Command>> = {
  pack: async () => (await import('./pack')).pack,
  target: async () => (await import('./target')).target,
};

/**
 * Runs a command.
 *
 * @param known - loads each command by its name; `pack` and `target` unless given
 * @returns its exit code
 * @throws CommandError for an unknown command
 */
export async function runCommand(
  [name = '', ...args]: string[],
  known = commands,
): Promise<number> {
  const load = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!load) {
    throw new CommandError(
      `Unknown command "${name}".`,
      'npm start -- --help lists all commands.',
    );
  }
  const command = await load();
  return command(args);
}
