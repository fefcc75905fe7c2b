import {
  RequestFailedError,
  type AppView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { lazy, Suspense } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import type { FileState } from './fileStates';

// CodeMirror is large.
const CodeInput = lazy(() =>
  import('./CodeInput').then(m => ({ default: m.CodeInput })),
);

/** Shows a file of a commit, or its new content, and changes it. */
export function FileEditor({
  app,
  commit,
  comparedTo,
  edited,
  isReadOnly,
  onChange,
  path,
  state,
}: {
  app: AppView;
  /** Newest commit. */
  commit: string;
  /** Commit from which differences are shown. */
  comparedTo?: string;
  /** New content that is not committed; `null` if the file is deleted, absent if it is unchanged. */
  edited?: string | null;
  isReadOnly: boolean;
  /** Receives the new content; `undefined` if there is no change. */
  onChange: (content: string | null | undefined) => void;
  path: string;
  state?: FileState;
}) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const isNew = state === 'new';
  const { error, retry, value } = useAsyncRetry(
    async () =>
      isNew
        ? { text: undefined }
        : client.readFile(app.tenant, name, { commit, path }),
    [client, app.tenant, name, commit, path, isNew],
  );
  const compared = useComparedFile(app, comparedTo, path);
  return (
    <LiveContent
      live={{ error, value }}
      onRetry={retry}
      what={path}
      skeletons={[420]}
    >
      {({ text: saved }) => {
        if (edited === null)
          return (
            <Stack align="start">
              <Typography>The next commit deletes {path}.</Typography>
              <Button
                variant="outlined"
                disabled={isReadOnly}
                onClick={() => onChange(undefined)}
              >
                Restore file
              </Button>
            </Stack>
          );
        const text = edited ?? saved;
        if (text === undefined)
          return (
            <Typography color="textSecondary">
              This file is larger than 1 MiB, or it is not text. To change the
              file, clone the repository: choose Create git token on the Get
              data tab.
            </Typography>
          );
        const isNewest = comparedTo === commit;
        const original = isNewest ? saved ?? '' : compared.text;
        return (
          <Stack spacing={1}>
            {!isNewest && compared.problem && (
              <Alert severity="warning">{compared.problem}</Alert>
            )}
            <Suspense fallback={<Typography>Loading…</Typography>}>
              <CodeInput
                isReadOnly={isReadOnly}
                onChange={content => {
                  const changed = hasCrlf(text)
                    ? content.replaceAll('\n', '\r\n')
                    : content;
                  onChange(changed === saved ? undefined : changed);
                }}
                original={original?.replaceAll('\r\n', '\n')}
                path={path}
                // The editor has no other line breaks.
                value={text.replaceAll('\r\n', '\n')}
              />
            </Suspense>
            {!isReadOnly && (
              <Stack direction="row" spacing={1}>
                {state && !isNew && (
                  <Button size="small" onClick={() => onChange(undefined)}>
                    Undo changes to this file
                  </Button>
                )}
                <Button
                  size="small"
                  color="secondary"
                  onClick={() => onChange(isNew ? undefined : null)}
                >
                  Delete file
                </Button>
              </Stack>
            )}
          </Stack>
        );
      }}
    </LiveContent>
  );
}

/** Returns a file of another commit: its text, empty for a file that is newer, or why there is none. */
function useComparedFile(
  { metadata, tenant }: AppView,
  commit: string | undefined,
  path: string,
): { text?: string; problem?: string } {
  const client = useApi(bailiwickApiRef);
  const { name } = metadata;
  const { error, value } = useAsync(async () => {
    if (commit === undefined) return undefined;
    const file = { commit, path };
    const found = await client.readFile(tenant, name, file).catch(problem => {
      if (!(problem instanceof RequestFailedError) || problem.status !== 404)
        throw problem;
      // The file is newer than the commit, unless there is no such commit, which this call says.
      return client.listFiles(tenant, name, commit).then(() => ({ text: '' }));
    });
    return { of: commit, text: found.text };
  }, [client, tenant, name, commit, path]);
  if (commit === undefined) return {};
  if (error) return { problem: `Not compared: ${withFullStop(error.message)}` };
  if (value?.of !== commit) return {};
  return value.text === undefined
    ? {
        problem:
          'Not compared: the file there is larger than 1 MiB, or it is not text.',
      }
    : { text: value.text };
}

/** Whether the lines of a text end as on Windows. */
function hasCrlf(text: string): boolean {
  return text.includes('\r\n');
}
