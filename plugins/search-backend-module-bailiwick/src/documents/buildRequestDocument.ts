import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  shortEntityRef,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createDocument, type AuthorizedDocument } from './document';

/**
 * Builds the document of a request, protected by the permission to read the request.
 *
 * @param options - titles of its target and of its tenant; their names by default
 */
export function buildRequestDocument(
  request: ChangeRequest,
  {
    targetTitle,
    tenantTitle,
  }: { targetTitle?: string; tenantTitle?: string } = {},
): AuthorizedDocument {
  const { metadata, spec, status } = request;
  return createDocument(
    {
      kind: 'request',
      title: describeRequest({ spec, status, targetTitle }),
      text: spec.reason,
      location: `/requests/${metadata.name}`,
      tenant: tenantTitle ?? targetTenant(spec),
    },
    metadata.name,
    [metadata.name, spec.target.name, shortEntityRef(spec.requestedBy)],
  );
}
