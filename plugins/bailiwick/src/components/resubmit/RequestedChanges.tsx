import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Name } from '../Name';

/** The latest comment with which an approver requested changes. */
export function RequestedChanges({ request }: { request: RequestView }) {
  const comment = request.status?.comments?.findLast(
    ({ requestsChanges }) => requestsChanges,
  );
  return comment ? (
    <>
      <Name of={comment.by} /> requested changes: “{comment.text}”
    </>
  ) : null;
}
