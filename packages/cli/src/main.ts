import { CommandError } from './CommandError';
import { runCommand } from './commands';

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
