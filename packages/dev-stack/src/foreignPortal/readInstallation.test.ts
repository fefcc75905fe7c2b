import { repositoryRoot } from '@bailiwick/backstage-cli';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyEdit,
  countChangedLines,
  readInstallation,
} from './readInstallation';

const guide = `# Install

\`\`\`sh
preparation
\`\`\`

## 1. Add

In \`src/index.ts\`, replace the policy of \`app.config\`:

\`\`\`diff
 // policy
-allowAll();
+allowMembers();
\`\`\`

\`\`\`sh
yarn add a
yarn add b
\`\`\`

## 2. Start

Add to \`app-config.yaml\`:

\`\`\`yaml
bailiwick:
  key: value
\`\`\`

## Problems

\`\`\`sh
diagnosis
\`\`\`
`;

describe('readInstallation', () => {
  it('reads the edits and commands of numbered sections', () => {
    expect(readInstallation(guide)).toEqual([
      {
        title: '1. Add',
        edits: [
          {
            file: 'src/index.ts',
            before: ['// policy', 'allowAll();'],
            after: ['// policy', 'allowMembers();'],
          },
        ],
        scripts: ['yarn add a\nyarn add b'],
      },
      {
        title: '2. Start',
        edits: [
          {
            file: 'app-config.yaml',
            before: [],
            after: ['bailiwick:', '  key: value'],
          },
        ],
        scripts: [],
      },
    ]);
  });

  it('reads a further section', () => {
    const steps = readInstallation(guide, 'Problems');
    expect(steps.map(({ scripts }) => scripts.at(-1))).toEqual([
      'yarn add a\nyarn add b',
      undefined,
      'diagnosis',
    ]);
  });

  it('finds at most three steps in the guide, the last of which starts the portal', () => {
    const path = join(repositoryRoot, 'docs/install/existing-portal.md');
    const steps = readInstallation(readFileSync(path, 'utf8'));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(3);
    expect(steps.flatMap(({ edits }) => edits.map(({ file }) => file))).toEqual(
      expect.arrayContaining([
        'packages/backend/src/index.ts',
        'app-config.yaml',
      ]),
    );
    expect(steps.at(-1)!.scripts.at(-1)).toMatch(/yarn start$/);
  });
});

describe('applyEdit', () => {
  const edit = { file: 'a.ts', before: ['b', 'c'], after: ['b', 'd'] };

  it('replaces lines', () => {
    expect(applyEdit('a\nb\nc\nb\n', edit)).toBe('a\nb\nd\nb\n');
  });

  it('adds lines at the end', () => {
    expect(applyEdit('a: 1\n', { ...edit, before: [], after: ['b: 2'] })).toBe(
      'a: 1\n\nb: 2\n',
    );
  });

  it.each(['a\nb\n', 'b\nc\nb\nc\n'])('rejects %j', text => {
    expect(() => applyEdit(text, edit)).toThrow(/^a.ts contains these lines/);
  });
});

describe('countChangedLines', () => {
  it('adds up added and removed lines, without the lock file', () => {
    const numstat =
      '4\t1\tsrc/index.ts\n2\t0\tpackage.json\n90\t3\tyarn.lock\n';
    expect(countChangedLines(numstat)).toBe(7);
  });
});
