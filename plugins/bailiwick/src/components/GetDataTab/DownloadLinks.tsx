import { LinkButton } from '@backstage/core-components';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatsBySuffix,
  formatsOf,
  formatTitle,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { requiredParameters } from './exampleQuery';

/** Suffixes of files that people download. */
const suffixes = ['xlsx', 'csv', 'parquet'];

/** Links to the rows of a table as files, in the formats that its app delivers. */
export function DownloadLinks({
  address,
  delivery,
  fn,
}: {
  address: string;
  delivery: AppView['spec']['delivery'];
  fn: ContractFunction;
}) {
  if (fn.result.kind !== 'table' || requiredParameters(fn).length > 0)
    return null;
  const offered = formatsOf(fn.result, delivery);
  const links = suffixes.flatMap(suffix => {
    const format = formatsBySuffix.get(suffix)!;
    const label = formatTitle(format);
    return offered.includes(format) ? [{ label, suffix }] : [];
  });
  return (
    <Stack spacing={1}>
      <Typography variant="body2">
        Download all rows. The browser asks for a token: enter it as the
        password, without a user name.
      </Typography>
      <Stack direction="row" spacing={1}>
        {links.map(({ label, suffix }) => (
          <LinkButton
            key={suffix}
            to={`${address}.${suffix}`}
            aria-label={`${label} file of ${fn.name}`}
            size="small"
            variant="outlined"
          >
            {label}
          </LinkButton>
        ))}
      </Stack>
    </Stack>
  );
}
