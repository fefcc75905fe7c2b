import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign, type Trace } from './campaign/Campaign';

const root = join(import.meta.dirname, '../../..');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  const trace: Trace | undefined =
    values.replay && JSON.parse(readFileSync(resolve(values.replay), 'utf8'));
  const seed = Number(values.seed ?? trace?.seed ?? Date.now() % 100_000);
  const minutes = Number(values.minutes ?? 5);
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  tell(`Seed ${seed}`);
  const { broken, ...counts } = await runCampaign({
    seed,
    minutes,
    replay: trace?.plan,
    tell,
  });
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
      ...counts,
      violations: broken?.violations.length ?? 0,
    }),
  );
  return broken ? 1 : 0;
}

process.exitCode = await main();
