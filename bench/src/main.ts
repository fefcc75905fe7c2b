import { UsageError } from './commands/benchOptions';
import { delivery } from './commands/delivery';
import { faults } from './commands/faults';
import { fleet } from './commands/fleet';
import { operator } from './commands/operator';
import { soak } from './commands/soak';
import { tenants } from './commands/tenants';
import { twinTest } from './commands/twinTest';
import { isSmokeTest } from './durations';

interface Benchmark {
  /** Subject and options of the benchmark, with defaults. */
  help: string;
  /** Arguments of a smoke test: a few objects. */
  smoke: string[];
  /** Measures, and returns the result. */
  run: (args: string[]) => Promise<object>;
}

const benchmarks: Record<string, Benchmark> = {
  operator: {
    help: 'compare the operator with its Go twin [--apps 1000] [--tenants 100] [--rounds 3]',
    smoke: ['--apps', '9', '--tenants', '3', '--rounds', '1'],
    run: operator,
  },
  'twin-test': {
    help: 'check that operator and twin create the same objects [--apps 24] [--tenants 3]',
    smoke: ['--apps', '9', '--tenants', '3'],
    run: twinTest,
  },
  faults: {
    help: 'failing calls and interrupted watches [--apps 300] [--tenants 30] [--seed 1]',
    smoke: ['--apps', '9', '--tenants', '3'],
    run: faults,
  },
  tenants: {
    help: 'time from a request to a ready tenant, budgets under parallel requests [--tenants 1000] [--single 50]',
    smoke: ['--tenants', '3', '--single', '2'],
    run: tenants,
  },
  fleet: {
    help: 'the fleet page in a browser, and the cost of its viewers [--apps 1000] [--viewers 50] [--clusters 20]',
    smoke: ['--apps', '12', '--viewers', '2', '--clusters', '2'],
    run: fleet,
  },
  delivery: {
    help: 'rows per second of each format, memory, filters, small calls and push [--rows 100000] [--many 1000000] [--seconds 5] [--readers 50] [--cells 1000]',
    smoke: [
      ...['--rows', '1000', '--many', '2000', '--seconds', '0.2'],
      ...['--readers', '4', '--cells', '40'],
    ],
    run: delivery,
  },
  soak: {
    help: 'memory growth over a long run [--minutes 30] [--apps 200] [--tenants 20]',
    smoke: ['--minutes', '0.1', '--apps', '30', '--tenants', '3'],
    run: soak,
  },
};

const list = Object.entries(benchmarks)
  .map(([name, { help }]) => `  npm run bench -- ${name.padEnd(10)}${help}\n`)
  .join('');

/** Options that npm keeps for itself if they precede `--`. */
const lost = [
  'apps',
  'tenants',
  'rounds',
  'seed',
  'minutes',
  'single',
  'viewers',
  'rows',
  'many',
  'seconds',
  'readers',
  'cells',
].find(option => process.env[`npm_config_${option}`] !== undefined);

async function main([name, ...args]: string[]): Promise<void> {
  if (lost)
    throw new UsageError(
      `npm read --${lost} as its own option; say npm run bench -- ${
        name ?? 'NAME'
      } --${lost} …`,
    );
  const asksForHelp = [name, ...args].some(one => /^(--help|-h)$/.test(one));
  if (!name || asksForHelp) {
    process.stdout.write(list);
    return;
  }
  if (!Object.hasOwn(benchmarks, name))
    throw new UsageError(`There is no benchmark "${name}":\n${list}`);
  const { run, smoke } = benchmarks[name];
  const result = await run(isSmokeTest ? smoke : args);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { message, stack } = error as Error;
  // An invalid command line is reported as a sentence, any other error with its stack.
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${isUsage ? message : stack}\n`);
  process.exitCode = 1;
}
