import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  bailiwickApiRef,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { lazy, Suspense, useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import type { LineProblem } from './language/LineProblem';
import type { FileState } from './fileStates';
import { isPython, type useLanguageServer } from './useLanguageServer';
import type { Comparison } from './useComparison';

// CodeMirror is large.
const CodeInput = lazy(() =>
  import('./CodeInput').then(m => ({ default: m.CodeInput })),
);

/** Shows a file of a commit, or its new content, and changes it. */
export function FileEditor({
  app,
  commit,
  comparison,
  edited,
  isReadOnly,
  language,
  onChange,
  onTry,
  path,
  problemsOf,
  state,
}: {
  app: AppView;
  /** Newest commit. */
  commit: string;
  /** Comparison with the commit from which differences are shown. */
  comparison?: Comparison;
  /** New content that is not committed; `null` if the file is deleted, absent if it is unchanged. */
  edited?: string | null;
  isReadOnly: boolean;
  language: ReturnType<typeof useLanguageServer>;
  /** Receives the new content; `undefined` if there is no change. */
  onChange: (content: string | null | undefined) => void;
  /** Tries the code. */
  onTry: () => void;
  path: string;
  /** Problems of a file that the last try found. */
  problemsOf: (path: string) => LineProblem[];
  state?: FileState;
}) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const isNew = state === 'new';
  // The newest commit is loaded already, and a new file is compared with nothing.
  const needsNoOther = isNew || comparison?.commit === commit;
  const { error, retry, value } = useAsyncRetry(
    async () =>
      isNew
        ? { text: undefined }
        : client.readFile(app.tenant, name, { commit, path }),
    [client, app.tenant, name, commit, path, isNew],
  );
  const compared = useComparedFile(
    app,
    needsNoOther ? undefined : comparison,
    path,
  );
  const { server } = language;
  const isCode = isPython(path) && !isReadOnly;
  const editor = useMemo(
    () => (isCode ? server?.editorOf(path) : undefined),
    [isCode, path, server],
  );
  const problems = useMemo(() => problemsOf(path), [path, problemsOf]);
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
              This file is larger than 1 MiB, or it is not text.{' '}
              {!isReadOnly &&
                'To change the file, clone the repository: choose Create git token on the Get data tab.'}
            </Typography>
          );
        const original =
          comparison && needsNoOther ? saved ?? '' : compared.text;
        return (
          <Stack spacing={1}>
            {compared.problem && (
              <Alert severity="warning">{compared.problem}</Alert>
            )}
            <Suspense fallback={<Typography>Loading…</Typography>}>
              <CodeInput
                isReadOnly={isReadOnly}
                isStarting={isCode && language.isStarting}
                language={editor}
                limitation={isCode ? language.limitation : undefined}
                onRetry={language.retry}
                onChange={content => {
                  const changed = hasCrlf(text)
                    ? content.replaceAll('\n', '\r\n')
                    : content;
                  onChange(changed === saved ? undefined : changed);
                }}
                onTry={onTry}
                original={original?.replaceAll('\r\n', '\n')}
                path={path}
                problems={problems}
                typeProblems={language.problemsOf(path)}
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

/** Returns the text of a file in another commit, empty for a file that it lacks, or why there is none. */
function useComparedFile(
  { metadata, tenant }: AppView,
  comparison: Comparison | undefined,
  path: string,
): { text?: string; problem?: string } {
  const client = useApi(bailiwickApiRef);
  const { name } = metadata;
  const commit = comparison?.commit;
  const isAdded = comparison?.added.has(path) ?? false;
  const { error, value } = useAsync(async () => {
    if (commit === undefined) return undefined;
    const { text } = isAdded
      ? { text: '' }
      : await client.readFile(tenant, name, { commit, path });
    return { of: commit, text };
  }, [client, tenant, name, commit, isAdded, path]);
  if (error) return { problem: `Not compared: ${withFullStop(error.message)}` };
  if (!value || value.of !== commit) return {};
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
