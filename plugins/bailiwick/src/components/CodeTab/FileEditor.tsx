import {
  RequestFailedError,
  type AppView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Typography } from '@material-ui/core';
import { lazy, Suspense } from 'react';
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
  const { error, retry, value } = useAsyncRetry(async () => {
    const read = (from: string) =>
      client.readFile(app.tenant, name, { commit: from, path });
    const saved = isNew ? undefined : (await read(commit)).text;
    if (comparedTo === undefined || comparedTo === commit)
      return { saved, original: comparedTo && (saved ?? '') };
    const { text: original } = await read(comparedTo).catch(async problem => {
      if (!(problem instanceof RequestFailedError) || problem.status !== 404)
        throw problem;
      // The file is newer than the commit, unless there is no such commit, which this call says.
      await client.listFiles(app.tenant, name, comparedTo);
      return { text: '' };
    });
    return { saved, original };
  }, [client, app.tenant, name, commit, comparedTo, path, isNew]);
  return (
    <LiveContent
      live={{ error, value }}
      onRetry={retry}
      what={path}
      skeletons={[420]}
    >
      {({ original, saved }) => {
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
        return (
          <Stack spacing={1}>
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

/** Whether the lines of a text end as on Windows. */
function hasCrlf(text: string): boolean {
  return text.includes('\r\n');
}
