import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPackFolder } from '../src/folder/readPackFolder';
import { testResultsOf } from '../src/testResults';

// Says which packs of the repository were changed since they were tested.
const root = join(import.meta.dirname, '../../..');

const stale = globSync('templates/*/pack.yaml', { cwd: root })
  .map(dirname)
  .filter(folder => !testResultsOf(readPackFolder(join(root, folder)).files));

if (stale.length > 0) {
  const commands = stale.map(
    folder => `npm run bailiwick -- pack test ${folder}`,
  );
  process.stderr.write(
    `Packs that changed since they were tested. Run this and commit the result:\n${commands.join(
      '\n',
    )}\n`,
  );
  process.exitCode = 1;
}
