import {
  apiVersion,
  type ChangeRequest,
  type Person,
  type TenantAction,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { randomBytes } from 'node:crypto';

/** What a person asks for: a change of a tenant, and why. */
export interface WantedChange {
  action: TenantAction;
  proposed: Record<string, unknown>;
  reason: string;
}

/** The object for a request in a person's own name. */
export function newRequest(
  person: Person,
  tenant: string,
  { action, proposed, reason }: WantedChange,
): ChangeRequest {
  const suffix = `-${action.toLowerCase()}-${randomBytes(3).toString('hex')}`;
  return {
    apiVersion,
    kind: 'ChangeRequest',
    metadata: { name: `${tenant}${suffix}` },
    spec: {
      target: { kind: 'Tenant', name: tenant },
      action,
      proposed,
      reason,
      requestedBy: person.user,
    },
  };
}
