import {
  coreKinds,
  KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { SignedIn } from '../portal/signIn';
import type { StackState } from '@bailiwick/backstage-cli';
import { approve, findTenant, openRequest, readyTenant } from './calls';
import { expectEqual } from './expect';
import type { Playbook } from './Playbook';

const first = 'rates-desk';
const second = 'guest-desk';
/** A little less than the longest life that the plan of the demo's tenant allows. */
export const renewalMs = 364 * 86_400_000;

/** People of the demo: an owner and a platform engineer, with their clients. */
export interface Cast {
  rita: SignedIn;
  pia: SignedIn;
  state: StackState;
}

/** Renews a tenant; creates and deletes a second one, without an effect on the first. */
export async function playTenantLife(
  play: Playbook,
  { rita, pia, state }: Cast,
): Promise<void> {
  const applied = (name: string, seconds: number) =>
    play.eventually('The end of the request', seconds, async () => {
      const requests = await rita.client.listRequests();
      const found = requests.find(({ metadata }) => metadata.name === name);
      const { conditions = [], phase } = found?.status ?? {};
      if (phase === 'Applied') return found;
      throw new Error(conditions.at(-1)?.message ?? 'Not found');
    });

  await play.step(
    'Rita renews the tenant, and a rule approves it',
    async () => {
      const expiresAt = new Date(Date.now() + renewalMs).toISOString();
      const request = await rita.client.requestChange(first, {
        action: 'renew',
        proposed: { expiresAt },
        reason: 'The project continues.',
      });
      const { status } = await applied(request.metadata.name, 30);
      expectEqual(status?.verdict?.by, 'rule', 'Who decided');
      const { spec } = await tenantOf(rita, first);
      expectEqual(
        Date.parse(spec.expiresAt ?? '') - Date.now() > renewalMs - 86_400_000,
        true,
        'A later end',
      );
    },
  );
  await play.step('A second tenant is created', async () => {
    if (!(await findTenant(rita, second))) {
      const request =
        (await openRequest(rita, second, 'create')) ??
        (await askForSecond(rita));
      await approve(play, pia, request, 'For a while.');
    }
    await readyTenant(play, rita, second);
  });
  const before = await tracesOf(state, rita);
  await play.step(
    'The second tenant is deleted, and nothing of it remains',
    async () => {
      const request =
        (await openRequest(rita, second, 'offboard')) ??
        (await rita.client.requestChange(second, {
          action: 'offboard',
          proposed: { confirm: second },
          reason: 'It is over.',
        }));
      await approve(play, pia, request, 'Agreed.');
      const { status } = await applied(request.metadata.name, 180);
      expectEqual(status?.removed?.left, 0, 'What is left of the tenant');
      expectEqual(await findTenant(rita, second), undefined, 'The tenant');
    },
  );
  await play.step('The first tenant is unchanged', async () => {
    expectEqual(await tracesOf(state, rita), before, 'The first tenant');
  });
}

function askForSecond({ client }: SignedIn): Promise<RequestView> {
  return client.requestTenant({
    name: second,
    reason: 'For the guests of this week.',
    spec: {
      title: 'Guest desk',
      purpose: 'A place for a week.',
      owners: ['group:default/rates'],
      plan: 'small',
      environments: [{ name: 'dev' }],
    },
  });
}

async function tenantOf(person: SignedIn, name: string): Promise<TenantView> {
  const found = await findTenant(person, name);
  if (!found) throw new Error(`Tenant "${name}" was not found`);
  return found;
}

/** Returns the traces of a change to the first tenant: the tenant and its pods. */
async function tracesOf({ kubeconfig }: StackState, rita: SignedIn) {
  const { metadata, spec } = await tenantOf(rita, first);
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'bailiwick-demo',
  });
  try {
    const pods = await client
      .as({ user: rita.user, groups: spec.owners })
      .resource<Pod>(coreKinds.pods)
      .list({ namespace: environmentNamespace(first, 'dev') });
    return {
      uid: metadata.uid,
      spec,
      // The pod from before the edit may still be going.
      pods: pods
        .filter(pod => !pod.metadata.deletionTimestamp)
        .map(pod => [pod.metadata.uid, pod.status?.phase]),
    };
  } finally {
    await client.close();
  }
}
