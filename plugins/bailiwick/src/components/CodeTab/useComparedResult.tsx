import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useMemo, useState } from 'react';
import { SelectField } from '../SelectField';
import { compareResults, type RowDifferences } from './compareResults';
import { titleOf } from './titleOf';
import type { Attempt } from './useTry';

/** Offers a comparison of a result with earlier ones, and compares it with the chosen one. */
export function useComparedResult(
  { fn, view: { result } }: Attempt,
  earlier: Attempt[],
) {
  const [chosen, choose] = useState('');
  const other = earlier.find(({ at }) => at === chosen)?.view.result;
  const differences = useMemo(
    () =>
      result?.rows && other?.rows
        ? compareResults(result, other, fn?.result.key)
        : undefined,
    [fn, other, result],
  );
  const candidates = result?.rows
    ? earlier.filter(({ view }) => view.result?.rows)
    : [];
  return {
    differences,
    chooser: candidates.length > 0 && (
      <Stack direction="row" spacing={1}>
        <SelectField
          label="Compare result with"
          value={other ? chosen : ''}
          options={[
            { value: '', label: 'Nothing' },
            ...candidates.map(({ at, called, view }) => ({
              value: at,
              label: `${new Date(at).toLocaleTimeString()}: ${titleOf(
                called!,
              )}, ${formatCount(view.result?.count ?? 0, 'row')}`,
            })),
          ]}
          onChange={choose}
        />
        <Typography variant="body2" role="status">
          {differences && differenceWords(differences)}
        </Typography>
      </Stack>
    ),
  };
}

/** Describes the differences among the rows that both results show. */
function differenceWords({ added, changed, removed }: RowDifferences): string {
  if (added + changed + removed === 0) return 'The rows shown are equal.';
  const words = [
    changed > 0 && `${formatCount(changed, 'value')} changed`,
    added > 0 && `${formatCount(added, 'row')} added`,
    removed > 0 && `${formatCount(removed, 'row')} removed`,
  ];
  return `${words.filter(Boolean).join(', ')} among the rows shown.`;
}
