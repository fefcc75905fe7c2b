import {
  ignoreNotFound,
  KubeApiError,
  type KubeClient,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CommandError } from '../CommandError';
import { KeptVersions } from './KeptVersions';
import { desiredPolicies, policyName } from './desiredPolicies';

const fieldManager = 'bailiwick-pack';
const options = { fieldManager, force: true };

const policyKinds: ResourceType[] = [
  ['ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings'],
  ['ValidatingAdmissionPolicy', 'validatingadmissionpolicies'],
].map(([kind, plural]) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  plural,
  scope: 'Cluster',
}));

/**
 * Installs a compiled pack, or replaces another version, with the policies that the API server keeps. The
 * replaced version is kept for the apps and releases that pin it.
 *
 * @returns the replaced version, if it is kept
 * @throws CommandError when the API server cannot take the policies; nothing is changed then
 */
export async function applyPack(
  client: KubeClient,
  pack: DomainPack,
): Promise<string | undefined> {
  await tryPolicies(client, pack);
  const packs = client.resource<DomainPack>(domainPackKind);
  const before = await packs.get(pack.metadata.name).catch(ignoreNotFound);
  const kept = new KeptVersions(client, pack.metadata.name);
  const replaced =
    before?.spec.version === pack.spec.version ? undefined : before;
  // Before it is replaced, so that no app misses it for a moment.
  let isKept = replaced && (await kept.keep(replaced));
  const stored = await packs.apply({ ...pack }, options);
  const policies = desiredPolicies(stored);
  try {
    for (const policy of policies)
      await resourceOf(client, policy.kind).apply(policy, options);
  } catch (error) {
    throw new CommandError(
      `The pack ${pack.metadata.name} ${
        pack.spec.version
      } is installed, but its policies are not enforced: ${
        (error as Error).message
      }`,
      'Run bailiwick pack apply again with the same pack.',
    );
  }
  // Who may write packs need not have a right on policies, where there were none.
  if (policies.length === 0 && before && desiredPolicies(before).length > 0)
    await deletePolicies(client, pack.metadata.name);
  // Meanwhile, an app may have been created from it.
  if (replaced && !isKept) isKept = await kept.keep(replaced);
  await kept.clear(pack.spec.version);
  return isKept ? replaced?.spec.version : undefined;
}

async function deletePolicies(client: KubeClient, pack: string): Promise<void> {
  for (const kind of policyKinds)
    await client.resource(kind).delete(policyName(pack)).catch(ignoreNotFound);
}

/** Makes the API server compile the policies before anything is stored. */
async function tryPolicies(
  client: KubeClient,
  pack: DomainPack,
): Promise<void> {
  try {
    for (const policy of desiredPolicies(pack))
      await resourceOf(client, policy.kind).apply(policy, {
        ...options,
        dryRun: true,
      });
  } catch (error) {
    if (!(error instanceof KubeApiError) || error.status !== 422) throw error;
    throw new CommandError(
      `The API server rejects the policies of the pack ${pack.metadata.name}: ${error.message}`,
      'Correct the rule in pack.yaml and run the command again; nothing was changed.',
    );
  }
}

function resourceOf(client: KubeClient, kind: string) {
  return client.resource(policyKinds.find(one => one.kind === kind)!);
}
