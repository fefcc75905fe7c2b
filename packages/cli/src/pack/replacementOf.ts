import {
  changeLine,
  comparePacks,
} from '@bailiwick/backstage-domain-pack/authoring';
import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  packNameOf,
  templateName,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CommandError } from '../CommandError';
import { brokenPromise } from './brokenPromise';
import { triedOnApps } from './triedOnApps';

/** Effect of a pack on the installed one with the same name. */
export interface Replacement {
  /** Changes; empty if there are none, and for a new pack. */
  words: string;
  /** Reason against the replacement, for users of the installed version. */
  refusal?: CommandError;
}

/** Compares a pack with the installed one; changes nothing. */
export async function replacementOf(
  client: KubeClient,
  pack: DomainPack,
): Promise<Replacement> {
  const { name } = pack.metadata;
  const packs = await client.resource<DomainPack>(domainPackKind).list();
  const installed = packs.find(({ metadata }) => metadata.name === name);
  const clash = sameTemplate(
    pack,
    packs.filter(one => packNameOf(one) !== name),
  );
  const tried = triedOnApps(pack, await client.resource<App>(appKind).list());
  if (!installed)
    return { words: tried.words, refusal: clash ?? tried.refusal };
  const kept = packs.filter(
    one => one !== installed && packNameOf(one) === name,
  );
  const refusal =
    clash ?? brokenPromise(pack, [installed, ...kept]) ?? tried.refusal;
  const { changes } = comparePacks(installed, pack);
  const words = [
    ...(changes.length > 0
      ? [`Replaces ${name} ${installed.spec.version}:\n`]
      : []),
    ...changes.map(change => `  ${changeLine(change)}\n`),
    tried.words,
  ].join('');
  return { words, refusal };
}

/** Templates of the portal have the names of pack and archetype, joined: two packs must not make the same one. */
function sameTemplate(
  pack: DomainPack,
  others: DomainPack[],
): CommandError | undefined {
  const templates = ({ metadata, spec }: DomainPack) =>
    spec.archetypes.map(({ name }) => templateName(metadata.name, name));
  const own = templates(pack);
  for (const other of others) {
    const same = templates(other).find(name => own.includes(name));
    if (same)
      return new CommandError(
        `The pack ${other.metadata.name} already has a template ${same}.`,
        'Rename the archetype or the pack.',
      );
  }
  return undefined;
}
