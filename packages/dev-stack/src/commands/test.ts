import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';
import { mergeJunit } from '../testRun/junit';
import type { Counts, TestSuite } from '../testRun/TestSuite';
import { endToEnd } from '../testRun/suites/endToEnd';
import { go } from '../testRun/suites/go';
import { integration, unit } from '../testRun/suites/jest';
import { lint, types } from '../testRun/suites/lint';
import { python } from '../testRun/suites/python';

const parts: TestSuite[] = [
  lint,
  types,
  unit,
  python,
  go,
  integration,
  endToEnd,
];
const groups = [...new Set(parts.map(({ group }) => group))];

/** `npm test [-- <group> [pattern]]`: runs the parts, joins their reports, counts them all. */
export async function test([group, pattern]: string[]): Promise<number> {
  const chosen = parts.filter(part => !group || part.group === group);
  if (chosen.length === 0) {
    throw new CommandError(
      `There is no part "${group}" of the tests.`,
      `Parts: ${groups.join(', ')}.`,
    );
  }
  const reports = join(repositoryRoot, 'reports');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const part of chosen) {
    process.stdout.write(`\n── ${part.name} ──\n`);
    const began = Date.now();
    const counts = await part.run({ reports, pattern });
    for (const key of ['passed', 'failed', 'skipped'] as const)
      total[key] += counts[key];
    const seconds = Math.round((Date.now() - began) / 1000);
    lines.push(
      `${part.name.padEnd(28)} ${String(counts.passed).padStart(
        5,
      )} passed ${String(counts.failed).padStart(4)} failed ${String(
        seconds,
      ).padStart(5)} s`,
    );
  }
  mergeJunit(reports);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(
    `\n${lines.join('\n')}\n\n${total.passed} passed, ${
      total.failed
    } failed${skipped}\n`,
  );
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
