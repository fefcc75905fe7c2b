import type {
  AppView,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type {
  Contract,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { mainBranch } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import isEqual from 'fast-deep-equal';
import { useMemo, useRef, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { valuesOf } from '../GetDataTab/tools';
import type { LineProblem } from './language/LineProblem';
import { contractOfDraft } from './contractOfDraft';
import { newTry, type Tried } from './newTry';
import { useContractCheck } from './useContractCheck';
import type { Edits } from './useEdits';

/** A try with what it called and which changes it had. */
export interface Attempt extends Tried {
  /** When it began, RFC 3339. */
  at: string;
  edits: Edits;
  /** Function as the tried code has it; absent without a call, and if the code has no such function. */
  fn?: ContractFunction;
  view: TryView;
}

/** Calls that stay available for comparison. */
const mostRecent = 10;

const noTexts: Record<string, string> = {};

/**
 * Runs the edited code in the environment of a draft: the chosen function, its parameters, and the last results.
 *
 * @param branch - branch of the edited code; drafts have the functions of main
 */
export function useTry(app: AppView, edits: Edits, branch: string) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const ofDraft = branch === mainBranch ? contractOfDraft(app) : undefined;
  const [contract, setContract] = useState<Contract | undefined>(ofDraft);
  const [chosen, choose] = useState<string>();
  const [texts, setTexts] = useState<Record<string, Record<string, string>>>(
    {},
  );
  const [tried, setTried] = useState<Edits>();
  const running = useRef<AbortController>();
  const [recent, setRecent] = useState<Attempt[]>([]);
  const hasChanges = Object.keys(edits.files).length > 0;
  const isUnknown = hasChanges || branch !== mainBranch;
  const checked = useContractCheck(
    app,
    edits,
    isUnknown && tried !== edits,
    setContract,
  );
  // Functions of discarded changes are gone.
  const known = hasChanges ? contract : ofDraft ?? contract;
  const functions = known?.functions ?? [];
  const fn = functions.find(one => one.name === chosen) ?? functions[0];
  const entered = (fn && texts[fn.name]) ?? noTexts;
  const given = fn && valuesOf(fn, entered);
  const [{ error, loading, value }, attempt] = useAsyncFn(
    async (what: Tried = {}): Promise<Attempt> => {
      setTried(edits);
      const { signal } = (running.current = new AbortController());
      const at = new Date().toISOString();
      const view = await client.tryCode(app.tenant, name, newTry(edits, what), {
        signal,
      });
      if (view.contract) setContract(view.contract);
      const now = view.contract?.functions;
      const made = {
        ...what,
        at,
        edits,
        view,
        fn: now?.find(one => one.name === what.called?.name),
      };
      if (view.result)
        setRecent(before => [made, ...before].slice(0, mostRecent));
      return made;
    },
    [app.tenant, client, edits, name],
  );
  // A commit makes the changes of a result part of the newest commit.
  const last = value?.edits.base === edits.base ? value : undefined;
  const isOutdated =
    last !== undefined && !isEqual(last.edits.files, edits.files);
  const current = isOutdated ? undefined : last;
  const isStopped = running.current?.signal.aborted === true;
  return {
    attempt: last,
    /** What the changes contain, unless the last try shows it. */
    checked: current ? undefined : checked,
    canCall: !loading && given !== undefined,
    choose,
    /** Earlier results of the same function, newest first. */
    earlier: recent.filter(
      one => one !== last && one.called?.name === last?.called?.name,
    ),
    enter: (next: Record<string, string>) =>
      fn && setTexts({ ...texts, [fn.name]: next }),
    entered,
    // Changed code has not been stopped.
    error: isStopped && tried !== edits ? undefined : error,
    fn,
    functions,
    /** Reads which functions the code has, without a call. */
    load: () => attempt(),
    /** Whether values are missing or wrong. */
    isIncomplete: given === undefined,
    isOutdated,
    isRunning: loading,
    /** Whether the person ended the last try. */
    isStopped,
    problems: useProblems(current?.view ?? checked),
    run: () => {
      if (loading) return;
      if (!fn) attempt();
      else if (given) attempt({ called: { name: fn.name, parameters: given } });
    },
    runTests: () => attempt({ tests: true }),
    /** Ends the code that runs. */
    stop: () => running.current?.abort(),
  };
}

/** Problems in the lines of each file. */
function useProblems(view: TryView | undefined) {
  return useMemo(() => {
    const { error, problems = [], tests } = view ?? {};
    const all = [
      ...problems,
      ...(error ? [error] : []),
      ...(tests?.failures ?? []),
    ];
    return (path: string): LineProblem[] =>
      all.flatMap(({ file, line, message }) =>
        file === path && line ? [{ line, message }] : [],
      );
  }, [view]);
}
