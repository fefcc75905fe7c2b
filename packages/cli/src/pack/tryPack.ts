import {
  hasOldTestResults,
  testPack,
  updateGolden,
  writeTestResults,
  type PackCheck,
} from '@bailiwick/backstage-domain-pack/authoring';
import { pythonSetup } from '../python/virtualEnvironment';
import { writeSchemas } from './packSchemas';
import { placeOf } from './readPack';

const say = 'npm run bailiwick -- pack test';

/**
 * Runs the contract tests of a pack, reports each check, and writes `tested.json` into its folder.
 *
 * @returns the exit code
 * @throws PackError when the pack or its older version is invalid; in this case, nothing is written
 */
export async function tryPack(
  folder: string,
  {
    json,
    onText = text => process.stdout.write(text),
    previous,
    update,
  }: {
    json?: boolean;
    /** Receives the report; by default, it goes to standard output. */
    onText?: (text: string) => unknown;
    previous?: string;
    update?: boolean;
  } = {},
): Promise<number> {
  const written = update
    ? [...updateGolden(folder), ...writeSchemas(folder)]
    : [];
  const { checks, hasGolden, results } = await testPack(folder, pythonSetup, {
    previous: previous === undefined ? undefined : placeOf(previous),
    onCheck: json ? undefined : check => onText(`${checkWords(check)}\n`),
  });
  writeTestResults(folder, results);
  const failed = checks.filter(({ failure }) => failure).length;
  onText(
    json
      ? `${JSON.stringify({ checks, written })}\n`
      : [
          ...written.map(path => `Updated ${path}\n`),
          ...(hasGolden ? [] : [hint(folder)]),
          `${checks.length - failed} passed, ${failed} failed\n`,
        ].join(''),
  );
  return failed > 0 ? 1 : 0;
}

/** Returns a message if the tests of a folder were run on other files; otherwise an empty text. */
export function staleTestsMessage(folder: string): string {
  return hasOldTestResults(folder)
    ? `The pack has changed since its last test, so it counts as untested. Run: ${say} ${folder}\n`
    : '';
}

function hint(folder: string): string {
  return `The pack has no golden files, so changes of the rendered code go unnoticed. Run: ${say} ${folder} --update\n`;
}

function checkWords({
  answers,
  archetype,
  failure,
  name,
  note,
}: PackCheck): string {
  const details = [failure, note]
    .flatMap(text => (text ? `\n${text}` : []))
    .join('')
    .replace(/\n(?=[^\n])/g, '\n    ');
  const tried = answers ? `${archetype} (${answers})` : archetype;
  return `${failure ? '✘' : '✔'} ${tried}: ${name}${details}`;
}
