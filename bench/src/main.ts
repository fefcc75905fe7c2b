import { UsageError } from './commands/benchOptions';
import { faults } from './commands/faults';
import { fleet } from './commands/fleet';
import { flux } from './commands/flux';
import { operator } from './commands/operator';
import { soak } from './commands/soak';
import { tenants } from './commands/tenants';
import { twinTest } from './commands/twinTest';

/** Benchmarks by name: what each measures, its options with their defaults, and its program, which gives the result. */
const benchmarks: Record<
  string,
  { help: string; run: (args: string[]) => Promise<object> }
> = {
  operator: {
    help: 'the operator beside its twin [--apps 1000] [--tenants 100] [--rounds 3]',
    run: operator,
  },
  'twin-test': {
    help: 'whether both make the same of the same apps [--apps 24] [--tenants 3]',
    run: twinTest,
  },
  flux: {
    help: "the same objects from Flux's kustomize-controller [--apps 1000] [--tenants 100] [--rounds 2]",
    run: flux,
  },
  faults: {
    help: 'failing calls and breaking watches [--apps 300] [--tenants 30] [--seed 1]',
    run: faults,
  },
  tenants: {
    help: 'tenants from a request to ready, budgets under pressure [--tenants 1000] [--single 50]',
    run: tenants,
  },
  fleet: {
    help: 'the page of all apps in a browser, and what its viewers cost [--apps 1000] [--viewers 50] [--clusters 20]',
    run: fleet,
  },
  soak: {
    help: 'what grows in a long time [--minutes 30] [--apps 200] [--tenants 20]',
    run: soak,
  },
};

const list = Object.entries(benchmarks)
  .map(([name, { help }]) => `  npm run bench -- ${name.padEnd(10)}${help}\n`)
  .join('');

/** What npm keeps for itself when it stands before `--`. */
const lost = [
  'apps',
  'tenants',
  'rounds',
  'seed',
  'minutes',
  'single',
  'viewers',
].find(option => process.env[`npm_config_${option}`] !== undefined);

async function main([name, ...args]: string[]): Promise<void> {
  if (lost)
    throw new UsageError(
      `npm kept --${lost} for itself; say npm run bench -- ${
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
  const result = await benchmarks[name].run(args);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { message, stack } = error as Error;
  // What is wrong with the command line is said in a sentence, anything else with its place.
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${isUsage ? message : stack}\n`);
  process.exitCode = 1;
}
