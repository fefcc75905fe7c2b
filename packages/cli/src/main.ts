import { CommandError } from './CommandError';
import { runCommand } from './commands';

// A reader such as head that has seen enough is no fault.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? 0 : 1),
);

try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  const text =
    error instanceof CommandError
      ? `${error.message}\n${error.remedy}`
      : (error as Error).stack ?? String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}
