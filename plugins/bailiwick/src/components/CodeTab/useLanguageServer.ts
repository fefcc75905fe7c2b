import type {
  AppView,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LineProblem } from './language/LineProblem';
import { contractOfDraft } from './contractOfDraft';
import type { Edits } from './useEdits';
import type { LanguageServer } from './language/LanguageServer';

/** Python files that are read at most. */
const mostFiles = 100;

const noProblems: LineProblem[] = [];

/**
 * Starts the language server for an app's Python code. Until it is there, and where it cannot start, the editor works
 * without it.
 *
 * @param isWanted - whether a Python file is shown to a person who can change it
 */
export function useLanguageServer(
  app: AppView,
  tree: FileTree,
  edits: Edits,
  isWanted: boolean,
) {
  const client = useApi(bailiwickApiRef);
  const { tenant } = app;
  const { name } = app.metadata;
  const [server, setServer] = useState<LanguageServer>();
  const [limitation, setLimitation] = useState<string>();
  const [problems, setProblems] = useState<Record<string, LineProblem[]>>({});
  const current = useRef({ edits, tree });
  useEffect(() => {
    current.current = { edits, tree };
  }, [edits, tree]);
  const [wasWanted, setWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWanted(true);
  const { commit } = tree;
  // The types come from a pod.
  const isRunning = contractOfDraft(app) !== undefined;
  useEffect(() => {
    if (!wasWanted || !('Worker' in window)) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let started: LanguageServer | undefined;
    const start = async () => {
      const paths = current.current.tree.files
        .map(({ path }) => path)
        .filter(isPython);
      const [{ LanguageServer: Server }, script, libraries, files] =
        await Promise.all([
          import('./language/LanguageServer'),
          client.languageServer(),
          client
            .libraryTypes(tenant, name, { signal })
            .catch((error: Error) => error),
          Promise.all(
            paths.slice(0, mostFiles).map(async path => {
              const { text = '' } = await client.readFile(
                tenant,
                name,
                { commit, path },
                { signal },
              );
              return [path, text];
            }),
          ),
        ]);
      if (signal.aborted) return;
      const changed = Object.entries(current.current.edits.files).map(
        ([path, content]) => [path, content ?? ''],
      );
      const isUntyped = libraries instanceof Error;
      setLimitation(
        isUntyped
          ? `Libraries are not completed: ${withFullStop(libraries.message)}`
          : undefined,
      );
      started = await Server.start({
        script,
        libraries: isUntyped ? undefined : libraries,
        files: Object.fromEntries(
          [...files, ...changed].filter(([path]) => isPython(path)),
        ),
        onProblems: (path, found) =>
          setProblems(before => ({ ...before, [path]: found })),
      });
      if (signal.aborted) started.stop();
      else setServer(started);
    };
    start().catch((error: Error) => {
      if (signal.aborted) return;
      setLimitation(`Code is not checked: ${withFullStop(error.message)}`);
    });
    return () => {
      controller.abort();
      started?.stop();
      setServer(undefined);
      setProblems({});
    };
  }, [client, commit, isRunning, name, tenant, wasWanted]);
  return {
    server,
    /** Why it does less than usual. */
    limitation,
    problemsOf: useCallback(
      (path: string) =>
        Object.hasOwn(problems, path) ? problems[path] : noProblems,
      [problems],
    ),
  };
}

export function isPython(path: string): boolean {
  return path.endsWith('.py');
}
