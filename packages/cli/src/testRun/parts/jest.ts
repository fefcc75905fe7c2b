import { join } from 'node:path';
import { repositoryRoot } from '../../stack/layout';
import { countJunit } from '../junit';
import type { Part, PartContext } from '../Part';
import { runNode } from '../runProgram';

const backstage = join(
  repositoryRoot,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

async function runJest(
  name: string,
  { pattern, reports }: PartContext,
  args: string[],
  env: Record<string, string>,
) {
  const file = `${name}.xml`;
  await runNode(
    backstage,
    [
      'repo',
      'test',
      '--watch=false',
      '--passWithNoTests',
      '--reporters=default',
      '--reporters=jest-junit',
      ...args,
      ...(pattern ? [pattern] : []),
    ],
    {
      env: {
        JEST_JUNIT_OUTPUT_DIR: reports,
        JEST_JUNIT_OUTPUT_NAME: file,
        JEST_JUNIT_ADD_FILE_ATTRIBUTE: 'true',
        ...env,
      },
    },
  );
  return countJunit(join(reports, file));
}

/** Tests beside the TypeScript sources that need nothing but themselves. */
export const unit: Part = {
  name: 'unit tests in TypeScript',
  group: 'unit',
  run: context =>
    runJest(
      'unit',
      context,
      [
        '--testPathIgnorePatterns',
        '\\.integration\\.test\\.',
        '/node_modules/',
      ],
      {},
    ),
};

/** Tests against a real API server, one file after the other. */
export const integration: Part = {
  name: 'integration tests',
  group: 'integration',
  run: context =>
    runJest(
      'integration',
      context,
      ['--runInBand', '--testPathPatterns', '\\.integration\\.test\\.'],
      {
        BAILIWICK_INTEGRATION: '1',
      },
    ),
};
