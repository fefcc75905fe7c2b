import { operator } from './commands/operator';

/** Benchmarks by name; each gives its result. */
const benchmarks: Record<string, (args: string[]) => Promise<object>> = {
  operator,
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
