import { CommandError } from '../CommandError';

type Command = (args: string[]) => Promise<number>;

/** Commands by name; each is loaded only when it runs. */
const commands: Record<string, () => Promise<Command>> = {
  bench: async () => (await import('./bench')).bench,
  demo: async () => (await import('./demo')).demo,
  doctor: async () => (await import('./doctor')).doctor,
  faults: async () => (await import('./faults')).faults,
  pack: async () => (await import('./pack')).pack,
  reset: async () => (await import('./reset')).reset,
  start: async () => (await import('./start')).start,
  status: async () => (await import('./status')).status,
  stop: async () => (await import('./stop')).stop,
  target: async () => (await import('./target')).target,
  test: async () => (await import('./test')).test,
};

/** Runs a command and gives its exit code. @throws CommandError for an unknown one. */
export async function runCommand([
  name = '',
  ...args
]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new CommandError(
      `There is no command "${name}".`,
      'npm start -- --help lists all commands.',
    );
  }
  const command = await load();
  return command(args);
}
