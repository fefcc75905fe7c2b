import {
  annotations,
  apiVersion,
  homeNamespace,
  type ChangeAction,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { randomBytes } from 'node:crypto';

/** A requested change of a tenant or of one of its apps, with the reason. */
export interface WantedChange {
  action: ChangeAction;
  proposed: Record<string, unknown>;
  reason: string;
  /** The app that it is about; the tenant itself when absent. */
  app?: string;
  /** Name of the request that it replaces. */
  replaces?: string;
}

/** The object for a request in a person's own name. */
export function newRequest(
  person: Person,
  tenant: string,
  { action, app, proposed, reason, replaces }: WantedChange,
): ChangeRequest {
  const target: ChangeRequest['spec']['target'] = app
    ? { kind: 'App', name: app, namespace: homeNamespace(tenant) }
    : { kind: 'Tenant', name: tenant };
  const suffix = `-${action.toLowerCase()}-${randomBytes(3).toString('hex')}`;
  return {
    apiVersion,
    kind: 'ChangeRequest',
    metadata: {
      name: `${tenant}${suffix}`,
      ...(replaces && { annotations: { [annotations.replaces]: replaces } }),
    },
    spec: {
      target,
      action,
      proposed,
      reason,
      requestedBy: person.user,
    },
  };
}
