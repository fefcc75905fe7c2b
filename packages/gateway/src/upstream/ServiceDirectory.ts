import { NoPodError } from '../errors';

/** Address of a service inside the cluster. */
export interface ServiceAddress {
  /** IP address. */
  host: string;
  port: number;
}

/** Source of Service addresses. */
export interface ServiceDirectory {
  serviceAddress(name: string, namespace: string): ServiceAddress | undefined;
}

/** Finds the service of an app, or another one of its own. @throws NoPodError when there is none. */
export function findService(
  services: ServiceDirectory,
  name: string,
  namespace: string,
): ServiceAddress {
  const address = services.serviceAddress(name, namespace);
  if (!address) {
    throw new NoPodError(`${name} has no service in ${namespace}`);
  }
  return address;
}
