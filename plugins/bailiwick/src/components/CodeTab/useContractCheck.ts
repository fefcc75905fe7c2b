import type {
  AppView,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { contractOfDraft } from './contractOfDraft';
import { newTry } from './newTry';
import type { Edits } from './useEdits';

/** Milliseconds without a change after which code is checked. */
const pause = 1_000;

/**
 * Loads changed code in a pod of a draft after each pause in typing, without calling a function.
 *
 * @param isNeeded - whether nothing else loads this code
 * @param onContract - receives the contract of code that loads
 */
export function useContractCheck(
  app: AppView,
  edits: Edits,
  isNeeded: boolean,
  onContract: (contract: Contract) => void,
) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const [checked, setChecked] = useState<{ edits: Edits; view: TryView }>();
  const latest = useRef(edits);
  useEffect(() => {
    latest.current = edits;
  }, [edits]);
  // One at a time: people's own tries need the pod as well.
  const running = useRef<Promise<void>>(Promise.resolve());
  const isWanted =
    isNeeded &&
    app.canBuild &&
    Object.keys(edits.files).length > 0 &&
    contractOfDraft(app) !== undefined;
  useDebounce(
    () => {
      if (!isWanted) return;
      running.current = running.current.then(async () => {
        if (latest.current !== edits) return;
        // Whoever tries the code learns why it cannot be loaded.
        const view = await client
          .tryCode(app.tenant, name, newTry(edits))
          .catch(() => undefined);
        if (view) setChecked({ edits, view });
        if (view?.contract) onContract(view.contract);
      });
    },
    pause,
    [edits, isWanted],
  );
  return {
    /** What the newest changes contain that were checked. */
    last: checked?.edits.base === edits.base ? checked.view : undefined,
    /** The same, unless there are newer changes. */
    current: checked?.edits === edits ? checked.view : undefined,
    /** Waits for a check in progress. */
    settled: useCallback(() => running.current, []),
  };
}
