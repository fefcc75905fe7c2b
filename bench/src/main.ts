import { operator } from './commands/operator';
import { twinTest } from './commands/twinTest';

/** Benchmarks by name; each gives its result. */
const benchmarks: Record<string, (args: string[]) => Promise<object>> = {
  operator,
  'twin-test': twinTest,
};

const [name = '', ...args] = process.argv.slice(2);
try {
  if (!Object.hasOwn(benchmarks, name))
    throw new Error(
      `There is no benchmark "${name}", only ${Object.keys(benchmarks).join(
        ', ',
      )}.`,
    );
  const result = await benchmarks[name](args);
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
}
