import {
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CommandError } from '../CommandError';
import { KeptVersions } from './KeptVersions';

/** Apps that a refusal names; more are counted. */
const named = 5;

/**
 * Removes a pack with its older versions and policies; the API server deletes the owned objects.
 *
 * @returns the installed version
 * @throws CommandError when the pack does not exist, is a kept version, or has apps and `force` is not set
 */
export async function removePack(
  client: KubeClient,
  name: string,
  { force = false }: { force?: boolean } = {},
): Promise<string> {
  const packs = client.resource<DomainPack>(domainPackKind);
  const installed = await packs.get(name).catch(ignoreNotFound);
  if (!installed) {
    const names = (await packs.list())
      .map(one => one.metadata.name)
      .filter(one => !one.includes('--'));
    throw new CommandError(
      `The pack ${name} is not installed.`,
      names.length > 0
        ? `Installed packs: ${names.join(', ')}.`
        : 'No pack is installed.',
    );
  }
  const apps = await new KeptVersions(client, name).apps();
  if (apps.length > 0 && !force) {
    const some = apps
      .slice(0, named)
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    const more = apps.length > named ? ` and ${apps.length - named} more` : '';
    throw new CommandError(
      `${apps.length} ${
        apps.length === 1 ? 'app is' : 'apps are'
      } created from the pack ${name}: ${some.join(
        ', ',
      )}${more}. Nothing was removed.`,
      "Delete these apps first. With --force the pack is removed anyway: its apps keep running, but can't be changed.",
    );
  }
  await packs.delete(name);
  return installed.spec.version;
}
