import { LinkButton } from '@backstage/core-components';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatsOf,
  type MediaType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/** Files that people download, by media type. */
const files: Partial<Record<MediaType, { label: string; suffix: string }>> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    label: 'Excel',
    suffix: 'xlsx',
  },
  'text/csv': { label: 'CSV', suffix: 'csv' },
  'application/vnd.apache.parquet': { label: 'Parquet', suffix: 'parquet' },
};

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
  if (fn.result.kind !== 'table' || hasRequiredParameter(fn)) return null;
  const offered = formatsOf(fn.result, delivery);
  const links = Object.entries(files).flatMap(([type, file]) =>
    file && offered.includes(type as MediaType) ? [file] : [],
  );
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

function hasRequiredParameter({ parameters }: ContractFunction): boolean {
  const { required = [] } = parameters as { required?: string[] };
  return required.length > 0;
}
