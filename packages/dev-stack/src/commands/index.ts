import { runCommand as runCliCommand } from '@bailiwick/backstage-cli';

type Command = (args: string[]) => Promise<number>;

/** Commands by name; each is loaded only when it runs. */
const commands: Record<string, () => Promise<Command>> = {
  backup: async () => (await import('./backup')).backup,
  bench: async () => (await import('./bench')).bench,
  'check-packages': async () => (await import('./checkPackages')).checkPackages,
  dashboards: async () => (await import('./dashboards')).dashboards,
  demo: async () => (await import('./demo')).demo,
  doctor: async () => (await import('./doctor')).doctor,
  faults: async () => (await import('./faults')).faults,
  images: async () => (await import('./images')).images,
  reset: async () => (await import('./reset')).reset,
  restore: async () => (await import('./restore')).restore,
  start: async () => (await import('./start')).start,
  status: async () => (await import('./status')).status,
  stop: async () => (await import('./stop')).stop,
  test: async () => (await import('./test')).test,
};

/** Runs a command of the development stack or of the CLI, and returns its exit code. @throws CommandError */
export function runCommand(args: string[]): Promise<number> {
  const isOurs = Object.hasOwn(commands, args[0] ?? '');
  return isOurs ? runCliCommand(args, commands) : runCliCommand(args);
}
