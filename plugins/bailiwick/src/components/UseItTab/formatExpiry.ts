import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatDate } from '@bailiwick/backstage-plugin-bailiwick-react';

/** The day on which a token ends, where the reader is: `18 February 2027`. */
export function formatExpiry({ spec }: Pick<Grant, 'spec'>): string {
  return formatDate(spec.expiresAt);
}
