import { changeLine, comparePacks } from '@bailiwick/backstage-domain-pack';
import {
  isNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { CommandError } from '../CommandError';
import { brokenPromise } from './brokenPromise';
import { KeptVersions } from './KeptVersions';

/** What becomes of the installed pack when another one takes its name. */
export interface Replacement {
  /** What changes; empty when nothing does, and for a pack that is new here. */
  words: string;
  /** Why it should not, for those who rely on what is installed. */
  refusal?: CommandError;
}

/** Compares a pack with what is installed; nothing is changed. */
export async function replacementOf(
  client: KubeClient,
  pack: DomainPack,
): Promise<Replacement> {
  const { name } = pack.metadata;
  const installed = await client
    .resource<DomainPack>(domainPackKind)
    .get(name)
    .catch(error => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  if (!installed) return { words: '' };
  const kept = await new KeptVersions(client, name).list();
  const refusal = brokenPromise(pack, [installed, ...kept]);
  const { changes } = comparePacks(installed, pack);
  if (changes.length === 0) return { words: '', refusal };
  const words = [
    `It replaces ${name} ${installed.spec.version}:`,
    ...changes.map(change => `  ${changeLine(change)}`),
    '',
  ].join('\n');
  return { words, refusal };
}
