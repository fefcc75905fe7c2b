import { useApi } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Name } from '../Name';
import { Section } from '../Section';

const useStyles = makeStyles({
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** Comments on a request, and a field for another one while the request is pending. */
export function Comments({
  isOpen,
  request: {
    canDecide,
    metadata: { name },
    status,
  },
}: {
  /** Whether the request can be commented on. */
  isOpen: boolean;
  request: RequestView;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const [text, setText] = useState('');
  const [{ error, loading }, add] = useAsyncFn(
    async (requestsChanges: boolean) => {
      await client.commentOnRequest(name, {
        text,
        ...(requestsChanges && { requestsChanges }),
      });
      setText('');
    },
    [client, name, text],
  );
  const comments = status?.comments ?? [];
  if (comments.length === 0 && !isOpen) return null;
  const isDisabled = text.trim() === '' || loading;
  return (
    <Section title="Comments">
      <Stack>
        {comments.map(({ at, by, requestsChanges, text: said }, position) => (
          // Comments are only ever added, so their positions identify them.
          <div key={position}>
            <Typography variant="body2" color="textSecondary">
              <Name of={by} /> {requestsChanges && 'requested changes '}
              <RelativeTime at={at} />
            </Typography>
            <Typography className={classes.text}>{said}</Typography>
          </div>
        ))}
        {isOpen && (
          <>
            <TextField
              id="request-comment"
              label="Comment"
              helperText="Everyone who can see the request can read it."
              value={text}
              onChange={({ target }) => setText(target.value)}
              variant="outlined"
              multiline
              minRows={2}
              inputProps={{ maxLength: 1_000 }}
            />
            {error && <Alert severity="error">{error.message}</Alert>}
            <Stack direction="row">
              <Button
                variant="outlined"
                disabled={isDisabled}
                onClick={() => add(false)}
              >
                Add comment
              </Button>
              {canDecide && (
                <Button
                  variant="outlined"
                  disabled={isDisabled}
                  onClick={() => add(true)}
                >
                  Request changes
                </Button>
              )}
            </Stack>
          </>
        )}
      </Stack>
    </Section>
  );
}
