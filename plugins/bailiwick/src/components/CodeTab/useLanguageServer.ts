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

/** Maximum number of Python files to read, and of requests at a time. */
const [mostFiles, mostRequests] = [100, 6];

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
  const [saved, setSaved] = useState<Record<string, string>>();
  const [limitation, setLimitation] = useState<string>();
  const [hasFailed, setFailed] = useState(false);
  const [problems, setProblems] = useState<Record<string, LineProblem[]>>({});
  const current = useRef({ edits, tree });
  useEffect(() => {
    current.current = { edits, tree };
  }, [edits, tree]);
  const [wasWanted, setWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWanted(true);
  const { commit } = tree;
  // The types come from a pod; without one, the server starts again once there is one.
  const isRunning = contractOfDraft(app) !== undefined;
  const [lacksTypes, setLacksTypes] = useState(false);
  const [starts, setStarts] = useState(0);
  if (lacksTypes && isRunning) {
    setLacksTypes(false);
    setStarts(starts + 1);
  }
  useEffect(() => {
    if (!wasWanted || !('Worker' in window)) return undefined;
    setFailed(false);
    const controller = new AbortController();
    const { signal } = controller;
    let started: LanguageServer | undefined;
    const read = async (path: string) => {
      const file = { commit, path };
      const { text = '' } = await client.readFile(tenant, name, file, {
        signal,
      });
      return text;
    };
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
          readAll(paths.slice(0, mostFiles), read),
        ]);
      if (signal.aborted) return;
      const isUntyped = libraries instanceof Error;
      setLacksTypes(isUntyped && !isRunning);
      setLimitation(
        isUntyped
          ? `No completions for libraries: ${withFullStop(libraries.message)}`
          : undefined,
      );
      setSaved(files);
      started = await Server.start({
        script,
        libraries: isUntyped ? undefined : libraries,
        files: textsOf(files, current.current.edits),
        onProblems: (path, found) =>
          setProblems(before => ({ ...before, [path]: found })),
      });
      if (signal.aborted) started.stop();
      else setServer(started);
    };
    start().catch((error: Error) => {
      if (signal.aborted) return;
      setFailed(true);
      setLimitation(`Code is not checked: ${withFullStop(error.message)}`);
    });
    return () => {
      controller.abort();
      started?.stop();
      setServer(undefined);
      setProblems({});
    };
    // A pod that comes or goes does not restart a server that has the types.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, commit, name, starts, tenant, wasWanted]);
  useEffect(() => {
    if (server && saved) server.setTexts(textsOf(saved, edits));
  }, [edits, saved, server]);
  return {
    server,
    isStarting: wasWanted && 'Worker' in window && !server && !hasFailed,
    /** Why it does less than usual. */
    limitation,
    retry: () => setStarts(starts + 1),
    problemsOf: useCallback(
      (path: string) =>
        Object.hasOwn(problems, path) ? problems[path] : noProblems,
      [problems],
    ),
  };
}

/** Reads files, some at a time; those that cannot be read are left out. */
async function readAll(
  paths: string[],
  read: (path: string) => Promise<string>,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  const left = [...paths];
  const work = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      const text = await read(path).catch(() => undefined);
      if (text !== undefined) texts[path] = text;
    }
  };
  await Promise.all(Array.from({ length: mostRequests }, work));
  return texts;
}

/** Texts of the Python files with changes. */
function textsOf(
  saved: Record<string, string>,
  { files }: Edits,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...saved, ...files }).flatMap(([path, text]) =>
      text === null || !isPython(path) ? [] : [[path, text]],
    ),
  );
}

export function isPython(path: string): boolean {
  return path.endsWith('.py');
}
