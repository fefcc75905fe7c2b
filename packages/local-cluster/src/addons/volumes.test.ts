import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { volumesComponent, volumesObjects } from './volumes';

interface Rule {
  resources: string[];
  verbs: string[];
}

describe('volumes', () => {
  it('are created with rights to nothing else and without access to Secrets', () => {
    const rules = volumesObjects().flatMap(
      each => (each as { rules?: Rule[] }).rules ?? [],
    );
    const changed = rules.filter(({ verbs }) =>
      verbs.some(verb => !['get', 'list', 'watch'].includes(verb)),
    );
    expect(changed.flatMap(({ resources }) => resources).sort()).toEqual([
      'events',
      'persistentvolumes',
    ]);
    expect(JSON.stringify(rules)).not.toMatch(/"\*"|secrets/);
  });

  it('lie in a folder that is its owner’s alone', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bailiwick-test-'));
    const directory = join(dataDir, 'volumes');
    try {
      volumesComponent({
        program: 'cell',
        kubeconfig: 'kubeconfig',
        node: 'node',
        directory,
        address: '127.0.0.1',
      });
      expect(statSync(directory).mode & 0o777).toBe(0o700);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
