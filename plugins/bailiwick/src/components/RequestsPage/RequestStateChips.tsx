import {
  changesRequested,
  requestStateOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RequestChip,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Chip } from '@material-ui/core';

/** State of a request, and whether an approver has requested changes. */
export function RequestStateChips({
  request,
}: {
  request: Pick<RequestView, 'status'>;
}) {
  return (
    <Stack direction="row" spacing={0.5}>
      <RequestChip state={requestStateOf(request)} />
      {changesRequested(request) && (
        <Chip
          size="small"
          variant="outlined"
          style={{ margin: 0 }}
          label="Changes requested"
        />
      )}
    </Stack>
  );
}
