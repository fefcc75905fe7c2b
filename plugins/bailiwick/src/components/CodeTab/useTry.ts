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
import { useMemo, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { valuesOf } from '../GetDataTab/tools';
import type { LineProblem } from './CodeInput';
import type { Edits } from './useEdits';

/** A try with the function that it called and the changes that it had. */
export interface Attempt {
  /** As the tried code has it; absent without a call. */
  fn?: ContractFunction;
  edits: Edits;
  view: TryView;
}

const noTexts: Record<string, string> = {};

/** Runs the edited code in the environment of a draft: the chosen function, its parameters, and the last result. */
export function useTry(app: AppView, edits: Edits) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const [contract, setContract] = useState<Contract | undefined>(() =>
    contractOfDraft(app),
  );
  const [chosen, choose] = useState<string>();
  const [texts, setTexts] = useState<Record<string, Record<string, string>>>(
    {},
  );
  const functions = contract?.functions ?? [];
  const fn = functions.find(one => one.name === chosen) ?? functions[0];
  const entered = (fn && texts[fn.name]) ?? noTexts;
  const given = fn && valuesOf(fn, entered);
  const [{ error, loading, value }, run] =
    useAsyncFn(async (): Promise<Attempt> => {
      const files = Object.entries(edits.files);
      const view = await client.tryCode(app.tenant, name, {
        base: edits.base,
        files: files.map(([path, content]) => ({ path, content })),
        ...(fn && { function: fn.name, parameters: given }),
      });
      if (view.contract) setContract(view.contract);
      const called = view.contract?.functions.find(
        one => one.name === fn?.name,
      );
      return { edits, view, fn: called };
    }, [app.tenant, client, edits, fn, given, name]);
  const isOutdated = value !== undefined && value.edits !== edits;
  const canTry = !loading && (!fn || given !== undefined);
  return {
    attempt: value,
    canTry,
    choose,
    enter: (next: Record<string, string>) =>
      fn && setTexts({ ...texts, [fn.name]: next }),
    entered,
    error,
    fn,
    functions,
    isOutdated,
    isRunning: loading,
    problems: useProblems(isOutdated ? undefined : value?.view),
    run: () => {
      if (canTry) run();
    },
  };
}

/** Problems in the lines of each file. */
function useProblems(view: TryView | undefined) {
  return useMemo(() => {
    const { error, problems = [] } = view ?? {};
    const all = [...problems, ...(error ? [error] : [])];
    return (path: string): LineProblem[] =>
      all.flatMap(({ file, line, message }) =>
        file === path && line ? [{ line, message }] : [],
      );
  }, [view]);
}

/** Contract of the code that runs as a draft. */
function contractOfDraft({ spec, status }: AppView): Contract | undefined {
  const drafts = new Set(
    spec.environments.flatMap(({ name, revision }) => (revision ? [name] : [])),
  );
  return status?.environments?.find(
    ({ contract, name }) => drafts.has(name) && contract,
  )?.contract;
}
