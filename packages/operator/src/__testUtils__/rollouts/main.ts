import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { perform, situations, type Situation } from './situations';
import { Stage } from './Stage';

// Records what Kubernetes writes while something happens to an app, for the tests of its health:
//   node scripts/run.mjs yarn rollouts [name…]

const folder = join(
  import.meta.dirname,
  '../../app/health/__fixtures__/rollouts',
);
/** Situations that are played side by side. */
const width = 4;
const started = Date.now();

const say = (text: string) => {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${text}\n`);
};

async function record(stage: Stage, situation: Situation): Promise<void> {
  say(`${situation.name} begins`);
  const text = await perform(stage, situation);
  writeFileSync(join(folder, `${situation.name}.jsonl`), text);
  say(`${situation.name} is written, ${(text.length / 1024).toFixed(0)} kB`);
}

/** Plays the situations of a line one after the other; lines run in parallel. */
async function work(stage: Stage, line: Situation[]): Promise<void> {
  let next = line.shift();
  while (next) {
    await record(stage, next);
    next = line.shift();
  }
}

async function main(names: string[]): Promise<void> {
  const unknown = names.find(name =>
    situations.every(one => one.name !== name),
  );
  if (unknown !== undefined)
    throw new Error(
      `There is no situation "${unknown}", only ${situations
        .map(({ name }) => name)
        .join(', ')}`,
    );
  const chosen = situations.filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  mkdirSync(folder, { recursive: true });
  say('A cluster starts');
  const stage = await Stage.open();
  try {
    const together = chosen.filter(({ isAlone }) => !isAlone);
    const lines = Array.from({ length: width }, () => work(stage, together));
    await Promise.all(lines);
    const alone = chosen.filter(({ isAlone }) => isAlone);
    await work(stage, alone);
  } finally {
    await stage.close();
  }
  say('Done');
}

await main(process.argv.slice(2));
