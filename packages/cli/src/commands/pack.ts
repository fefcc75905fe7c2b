import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { CommandError } from '../CommandError';
import { applyPack } from '../pack/applyPack';
import { compilePack } from '../pack/compilePack';
import { parseFlags } from './stackOptions';

/** `bailiwick pack apply <folder>`: installs a domain pack. */
export async function pack(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<{
    kubeconfig?: string;
    context?: string;
  }>('pack', args);
  const [verb, folder] = positionals;
  if (verb !== 'apply' || !folder) {
    throw new CommandError(
      'What to do with which pack?',
      'Say: bailiwick pack apply <folder>.',
    );
  }
  const compiled = compilePack(folder);
  const client = KubeClient.fromKubeconfig({
    path: values.kubeconfig,
    context: values.context,
    userAgent: 'bailiwick-pack',
  });
  await applyPack(client, compiled);
  await client.close();
  process.stderr.write(
    `The pack ${compiled.metadata.name} ${compiled.spec.version} is installed.\n`,
  );
  return 0;
}
