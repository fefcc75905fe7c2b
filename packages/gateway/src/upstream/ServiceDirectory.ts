import { AppNotRunningError } from '../errors';

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

/** Finds the service of an app. @throws AppNotRunningError when there is none. */
export function findService(
  services: ServiceDirectory,
  app: string,
  namespace: string,
): ServiceAddress {
  const address = services.serviceAddress(app, namespace);
  if (!address) {
    throw new AppNotRunningError(`${app} has no service in ${namespace}`);
  }
  return address;
}
