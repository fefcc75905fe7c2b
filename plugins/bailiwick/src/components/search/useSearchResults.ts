import { useApi } from '@backstage/core-plugin-api';
import { searchApiRef } from '@backstage/plugin-search-react';
import { useEffect, useMemo, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import type { useReadability } from '../access/useReadability';
import { rankEntries } from './rankEntries';
import { entryOf, type SearchEntry } from './SearchEntry';
import type { SearchFilter } from './searchFilters';

const debounceMs = 120;
/** Results that are ranked, of which the first ones are shown. */
const maxCandidates = 50;
/** Name of the error while no document of the requested types is indexed. */
const nothingIndexed = 'MissingIndexError';

/** Results of a query; the previous ones stay while the next ones load. */
export interface SearchResults {
  /** Term to which the entries belong. */
  term: string;
  /** Absent until the first answer. */
  entries?: SearchEntry[];
  error?: Error;
  loading: boolean;
}

/**
 * Queries the search backend while the reader types.
 *
 * @param isEnabled - false to ask for nothing, such as before typing
 * @param limit - at most this many results
 * @param readabilityOf - looks up the reader's access
 */
export function useSearchResults(
  term: string,
  { kind, types }: SearchFilter,
  {
    isEnabled,
    limit,
    readabilityOf,
  }: {
    isEnabled: boolean;
    limit: number;
    readabilityOf: ReturnType<typeof useReadability>;
  },
): SearchResults {
  const api = useApi(searchApiRef);
  const [settled, setSettled] = useState(term);
  const [results, setResults] = useState<SearchResults>({
    term,
    loading: true,
  });
  useDebounce(() => setSettled(term), debounceMs, [term]);
  const typeList = types?.join();
  useEffect(() => {
    if (!isEnabled) {
      setResults({ term: settled, loading: false });
      return undefined;
    }
    // Asks once the reader pauses, never for a term that has changed since.
    if (settled !== term) return undefined;
    const controller = new AbortController();
    setResults(before => ({ ...before, loading: true }));
    api
      .query(
        {
          term: settled,
          types: typeList?.split(','),
          filters: kind && { kind },
          pageLimit: Math.max(limit, maxCandidates),
        },
        { signal: controller.signal },
      )
      .then(
        ({ results: found }) => ({ entries: found.map(entryOf) }),
        (error: Error) =>
          error.name === nothingIndexed || isMissingIndex(error)
            ? { entries: [] }
            : { error },
      )
      .then(outcome => {
        if (!controller.signal.aborted)
          setResults({ term: settled, loading: false, ...outcome });
      });
    return () => controller.abort();
  }, [api, isEnabled, kind, limit, settled, term, typeList]);
  const { entries: candidates, term: answered } = results;
  const entries = useMemo(() => {
    const marked = candidates?.map(entry =>
      entry.app ? { ...entry, readability: readabilityOf(entry.app) } : entry,
    );
    return marked && rankEntries(marked, answered).slice(0, limit);
  }, [answered, candidates, limit, readabilityOf]);
  return { ...results, entries };
}

/** Errors of responses keep the name that the server gave in their cause. */
function isMissingIndex({ cause }: Error): boolean {
  return (cause as Error | undefined)?.name === nothingIndexed;
}
