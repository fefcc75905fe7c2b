import type {
  AppView,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { contractOfDraft } from './contractOfDraft';
import { newTry } from './newTry';
import type { Edits } from './useEdits';

/** Milliseconds without a change after which code is checked. */
const pause = 1_000;

/**
 * Loads code in a pod of a draft after each pause in typing, without calling a function, and returns what the
 * present changes contain once that is known.
 *
 * @param isNeeded - whether nothing else loads or has loaded this code
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
  const running = useRef(new AbortController());
  const isWanted =
    isNeeded && app.canBuild && contractOfDraft(app) !== undefined;
  const [, cancel] = useDebounce(
    () => {
      // Other tabs of the browser have the same changes.
      if (!isWanted || document.hidden) return;
      running.current.abort();
      running.current = new AbortController();
      const { signal } = running.current;
      client
        .tryCode(app.tenant, name, newTry(edits), { signal })
        .then(view => {
          if (signal.aborted) return;
          setChecked({ edits, view });
          if (view.contract) onContract(view.contract);
        })
        // A try shows why the code cannot be loaded.
        .catch(() => {});
    },
    pause,
    [edits, isWanted],
  );
  // A check of other code, or beside a try of this code, would only keep a pod busy.
  useEffect(
    () => () => {
      cancel();
      running.current.abort();
    },
    [cancel, edits, isWanted],
  );
  return checked?.edits === edits ? checked.view : undefined;
}
