import { join } from 'node:path';
import { clusterCommand } from '../stack/clusterProcess';
import { repositoryRoot } from '../stack/layout';
import type { StackOptions } from '../stack/StackOptions';

const chart = join(repositoryRoot, 'charts/bailiwick');

/** Installs the kinds, the access rules and the embedded default's plans and cluster. */
export async function installChart(options: StackOptions): Promise<void> {
  const apply = (...folders: string[]) =>
    clusterCommand(options, 'kubectl', [
      'apply',
      '--server-side',
      '--force-conflicts',
      '--field-manager=bailiwick-install',
      ...folders.flatMap(folder => ['-f', join(chart, folder)]),
    ]);
  await apply('crds');
  await clusterCommand(options, 'kubectl', [
    'wait',
    '--for=condition=Established',
    '--timeout=60s',
    'crd',
    '-l',
    'app.kubernetes.io/part-of=bailiwick',
  ]);
  await apply('templates', 'embedded');
}
