import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign, type Trace } from './campaign/Campaign';
import { sameOutcome, samePlan } from './campaign/compareReplay';

const root = join(import.meta.dirname, '../../..');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      replay: { type: 'string' },
      quiet: { type: 'string' },
    },
  });
  const trace = values.replay ? readTrace(values.replay) : undefined;
  const seed = Number(values.seed ?? trace?.seed ?? Date.now() % 100_000);
  const minutes = Number(values.minutes ?? 5);
  const quietMs = Number(values.quiet ?? 60) * 1000;
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  tell(`Seed ${seed}`);
  if (trace) samePlan(trace).forEach(tell);
  const { broken, ...counts } = await withFolder(signal =>
    runCampaign({ seed, minutes, replay: trace, quietMs, tell, signal }),
  );
  if (trace) sameOutcome(trace, broken?.violations ?? []).forEach(tell);
  if (broken) {
    const file = join(root, 'reports', `faults-${seed}-${broken.round}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(broken, null, 1));
    broken.violations.slice(0, 20).forEach(tell);
    tell(`Play it again: npm run faults -- --replay ${file}`);
  }
  tell(
    JSON.stringify({
      seed,
      quietSeconds: quietMs / 1000,
      ...counts,
      violations: broken?.violations.length ?? 0,
    }),
  );
  return broken ? 1 : 0;
}

/**
 * Runs work that keeps all its temporary files in one folder, which is removed in any case.
 *
 * @param work - ends when its signal aborts, which a signal to this process does
 */
async function withFolder<T>(
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => ended.abort(new Error(`Ended by ${name}`)));
  const folder = mkdtempSync(join(tmpdir(), 'campaign-'));
  process.env.TMPDIR = folder;
  try {
    return await work(ended.signal);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @throws Error saying that it is not a trace, and where traces come from */
function readTrace(path: string): Trace {
  const file = resolve(path);
  try {
    const trace: Partial<Trace> = JSON.parse(readFileSync(file, 'utf8'));
    const { plan, round, seed } = trace;
    if (plan && round !== undefined && seed !== undefined)
      return trace as Trace;
  } catch (error) {
    throw new Error(
      `The trace ${file} cannot be read: ${(error as Error).message}`,
    );
  }
  throw new Error(
    `${file} is not a trace of a campaign; a campaign that finds a violation writes one and says where`,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  // What was abandoned on the way may still wait for something.
  process.exit(1);
}
