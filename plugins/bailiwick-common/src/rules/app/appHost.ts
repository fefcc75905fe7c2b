import { hostNameMax, type Cluster } from '../../kinds';

/** Longest part of a host name between dots (RFC 1035, section 2.3.4). */
const labelMax = 63;

/** An app in an environment of a tenant. @public */
export interface AddressedApp {
  app: string;
  environment: string;
  tenant: string;
}

/** Returns the host name of an app in an environment by the `hostRule` of a cluster. @public */
export function appHost(hostRule: string, place: AddressedApp): string {
  return hostRule.replaceAll(
    /\{(app|environment|tenant)\}/g,
    (_, placeholder: keyof AddressedApp) => place[placeholder],
  );
}

/** Returns why a host name by a rule is not possible, and what to do; `undefined` if it is. @public */
export function hostProblem(
  hostRule: string,
  host: string,
): string | undefined {
  if (host.length > hostNameMax)
    return `The host name ${host} has ${host.length} characters; at most ${hostNameMax} are possible. Ask the platform team to shorten hostRule.`;
  const labels = host.split('.');
  const position = labels.findIndex(({ length }) => length > labelMax);
  if (position < 0) return undefined;
  const found = labels[position];
  const part = hostRule.split('.')[position];
  return `${part} of hostRule becomes ${found}, which has ${found.length} characters; at most ${labelMax} are possible. Use shorter names, or ask the platform team to put a dot between the placeholders, such as {app}.{environment}.{tenant}.apps.example.com.`;
}

/** Whether apps get own addresses by a Cluster: it is that of the gateway and has a networking profile. @public */
export function givesAddresses({ spec }: Pick<Cluster, 'spec'>): boolean {
  return !spec.credentials && spec.networking.profile !== 'none';
}
