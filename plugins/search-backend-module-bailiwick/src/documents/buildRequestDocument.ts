import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  shortEntityRef,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createDocument, type AuthorizedDocument } from './document';

/** Builds the document of a request, protected by the permission to read the request. */
export function buildRequestDocument(
  request: ChangeRequest,
): AuthorizedDocument {
  const { metadata, spec } = request;
  return createDocument(
    {
      kind: 'request',
      title: describeRequest(request),
      text: spec.reason,
      location: `/requests/${metadata.name}`,
      tenant: targetTenant(spec),
    },
    metadata.name,
    [metadata.name, shortEntityRef(spec.requestedBy)],
  );
}
