import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { SignedIn } from '../portal/signIn';
import { expectStatus } from './expect';
import type { Playbook } from './Playbook';

/** Reads a JSON answer. @throws Error with the answer's own words when its status is another */
export async function json<T>(
  response: Promise<Response>,
  status = 200,
): Promise<T> {
  return (await expectStatus(await response, status)).json();
}

/** A request with a JSON body. */
export function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** An open request about a tenant, such as one that an interrupted demo left. */
export async function openRequest(
  person: SignedIn,
  tenant: string,
  action: RequestView['spec']['action'],
): Promise<RequestView | undefined> {
  const { items } = await json<{ items: RequestView[] }>(
    person.fetch('/api/bailiwick/requests'),
  );
  return items.find(
    ({ spec, status }) =>
      spec.target.name === tenant &&
      spec.action === action &&
      (status?.phase ?? 'Open') === 'Open',
  );
}

/** Lets somebody approve a request. */
export function approve(
  play: Playbook,
  decider: SignedIn,
  { metadata: { name } }: RequestView,
  reason: string,
): Promise<RequestView> {
  return play.eventually('The approval', 20, () =>
    json<RequestView>(
      decider.fetch(
        `/api/bailiwick/requests/${name}/decision`,
        post({ verdict: 'approve', reason }),
      ),
    ),
  );
}
