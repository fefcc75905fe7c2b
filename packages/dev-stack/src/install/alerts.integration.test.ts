/** @jest-environment node */
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const folder = join(repositoryRoot, 'charts/bailiwick/monitoring');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

interface Rules {
  groups: { rules: { alert: string }[] }[];
}

integration('alerts', () => {
  const { groups }: Rules = parse(read('alerts.yaml'));
  const names = groups.flatMap(({ rules }) => rules.map(one => one.alert));

  it('fire, and do not fire, as their tests describe', () => {
    const said = execFileSync(
      'promtool',
      ['test', 'rules', 'alerts.test.yaml'],
      {
        cwd: folder,
      },
    );
    expect(said.toString()).toContain('SUCCESS');
  });

  it.each(names)(
    '%s has a test that it fires, and a section of the guide',
    name => {
      expect(read('alerts.test.yaml')).toMatch(
        new RegExp(`alertname: ${name}\\n\\s+exp_alerts:`),
      );
      const guide = readFileSync(
        join(repositoryRoot, 'docs/guide/alerts.md'),
        'utf8',
      );
      expect(guide).toContain(`\n## ${name}\n`);
    },
  );
});
