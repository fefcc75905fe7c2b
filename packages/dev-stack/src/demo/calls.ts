import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { requestStateOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
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

/** The value of `Authorization` by which a token is a password (RFC 7617). */
export function basicLogin(user: string, token: string): string {
  return `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}

/** An open request about a tenant, such as one that an interrupted demo left. */
export async function openRequest(
  { client }: SignedIn,
  tenant: string,
  action: RequestView['spec']['action'],
): Promise<RequestView | undefined> {
  return (await client.listRequests()).find(
    request =>
      request.spec.target.name === tenant &&
      request.spec.action === action &&
      requestStateOf(request) === 'Pending',
  );
}

/** A tenant that a person sees, `undefined` when there is none of the name. */
export async function findTenant(
  { client }: SignedIn,
  name: string,
): Promise<TenantView | undefined> {
  const tenants = await client.listTenants();
  return tenants.find(({ metadata }) => metadata.name === name);
}

/** Waits until a person sees a tenant that is ready. */
export function readyTenant(
  play: Playbook,
  person: SignedIn,
  name: string,
): Promise<TenantView> {
  return play.eventually('A ready tenant', 120, async () => {
    const found = await findTenant(person, name);
    return found?.status?.phase === 'Ready' ? found : undefined;
  });
}

/** Approves a request as a person. */
export function approve(
  play: Playbook,
  { client }: SignedIn,
  { metadata: { name } }: RequestView,
  reason: string,
): Promise<RequestView> {
  return play.eventually('The approval', 20, () =>
    client.decideRequest(name, { verdict: 'approve', reason }),
  );
}
