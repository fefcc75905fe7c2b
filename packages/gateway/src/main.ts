import { readConfig, usageText } from './config';
import { run } from './run';

const longestStop = 10_000;

try {
  const gateway = await run(readConfig(process.argv.slice(2)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      setTimeout(() => process.exit(1), longestStop).unref();
      await gateway.stop();
      process.exit(0);
    });
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${usageText}\n`);
  process.exit(1);
}
