import { LinkButton } from '@backstage/core-components';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  fileFormatsOf,
  requiredParameters,
  toQuery,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ReadableApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/** Links to the rows of a table as files, in the formats that its app delivers. */
export function DownloadLinks({
  address,
  delivery,
  fn,
  given,
}: {
  address: string;
  delivery: ReadableApp['spec']['delivery'];
  fn: ContractFunction;
  /** Values of parameters. */
  given: Record<string, unknown>;
}) {
  const isComplete = requiredParameters(fn).every(name =>
    Object.hasOwn(given, name),
  );
  if (fn.result.kind !== 'table' || !isComplete) return null;
  const links = fileFormatsOf(fn.result, delivery).filter(
    ({ isDownload }) => isDownload,
  );
  return (
    <Stack spacing={1}>
      <Typography variant="body2">
        Download all rows. The browser asks for a token: enter it as the
        password, without a user name.
      </Typography>
      <Stack direction="row" spacing={1}>
        {links.map(({ suffix, title }) => (
          <LinkButton
            key={suffix}
            to={`${address}.${suffix}${toQuery(given)}`}
            aria-label={`${title} file of ${fn.name}`}
            size="small"
            variant="outlined"
          >
            {title}
          </LinkButton>
        ))}
      </Stack>
    </Stack>
  );
}
