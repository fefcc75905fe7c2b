import { faults } from './commands/faults';
import { flux } from './commands/flux';
import { operator } from './commands/operator';
import { soak } from './commands/soak';
import { tenants } from './commands/tenants';
import { twinTest } from './commands/twinTest';

/** Benchmarks by name: what each measures, and its program, which gives the result. */
const benchmarks: Record<
  string,
  { help: string; run: (args: string[]) => Promise<object> }
> = {
  operator: {
    help: 'the operator beside its twin [--apps N] [--tenants N] [--rounds N]',
    run: operator,
  },
  'twin-test': {
    help: 'whether both make the same of the same apps [--apps N] [--tenants N]',
    run: twinTest,
  },
  flux: {
    help: "the same objects from Flux's kustomize-controller [--apps N] [--tenants N] [--rounds N]",
    run: flux,
  },
  faults: {
    help: 'failing calls and breaking watches [--apps N] [--tenants N] [--seed N]',
    run: faults,
  },
  tenants: {
    help: 'tenants from a request to ready, budgets under pressure [--tenants N] [--single N]',
    run: tenants,
  },
  soak: {
    help: 'what grows in a long time [--minutes N] [--apps N] [--tenants N]',
    run: soak,
  },
};

const list = Object.entries(benchmarks)
  .map(([name, { help }]) => `  npm run bench -- ${name.padEnd(10)}${help}\n`)
  .join('');

const [name, ...args] = process.argv.slice(2);
try {
  const chosen =
    name && Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (name && !chosen)
    throw new Error(`There is no benchmark "${name}":\n${list}`);
  process.stdout.write(
    chosen ? `${JSON.stringify(await chosen.run(args))}\n` : list,
  );
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
}
