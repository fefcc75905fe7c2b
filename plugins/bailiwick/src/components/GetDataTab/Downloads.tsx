import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  fileFormatsOf,
  requiredParameters,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ReadableApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatBytes,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEnvironmentClient } from '../DeployTab/pods/useEnvironmentClient';
import { useDownload } from '../useDownload';
import type { Download } from './tools';

/** Downloads all rows of a table as a file, in the formats that its app delivers. */
export function Downloads({
  app,
  environment,
  fn,
  given,
  only,
}: {
  app: ReadableApp;
  /** Name of the environment. */
  environment: string;
  fn: ContractFunction;
  /** Values of parameters; absent while they are not valid. */
  given?: Record<string, unknown>;
  /** Offers one format, by its suffix, on a button with this label. */
  only?: Download;
}) {
  const client = useEnvironmentClient(app, environment);
  const { download, error, file, isBusy } = useDownload(
    (signal, format: string) =>
      client.download(fn.name, format, given, { signal }),
    format => `${app.metadata.name}-${fn.name}-${environment}.${format}`,
  );
  const isComplete =
    given && requiredParameters(fn).every(name => Object.hasOwn(given, name));
  const formats = fileFormatsOf(fn.result, app.spec.delivery).filter(
    ({ isDownload, suffix }) => isDownload && (!only || only.format === suffix),
  );
  if (fn.result.kind !== 'table' || formats.length === 0) return null;
  return (
    <Stack spacing={1}>
      <Stack direction="row" spacing={1}>
        {!only && <Typography variant="body2">Download as</Typography>}
        {formats.map(({ suffix, title }) => (
          <Button
            key={suffix}
            aria-label={only ? undefined : `Download ${fn.name} as ${title}`}
            // A disabled button would lose the focus.
            aria-disabled={isBusy}
            disabled={!isComplete}
            onClick={() => !isBusy && download(suffix)}
            size="small"
            variant="outlined"
          >
            {only?.label ?? title}
          </Button>
        ))}
      </Stack>
      <Typography variant="body2" role="status">
        {isBusy && 'Downloading…'}
        {file &&
          !isBusy &&
          `${file.name} was downloaded, ${formatBytes(file.bytes)}.`}
      </Typography>
      {error && !isBusy && (
        <Alert severity="error">
          Can’t download the rows: {withFullStop(error.message)}
        </Alert>
      )}
    </Stack>
  );
}
