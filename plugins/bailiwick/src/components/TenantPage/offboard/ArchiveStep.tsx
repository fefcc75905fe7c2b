import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  Button,
  Checkbox,
  FormControlLabel,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import {
  formatBytes,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { useDownload } from '../../useDownload';

/** Offers the archive of a tenant before its removal; it can be waived. */
export function ArchiveStep({
  archive: { file: archive, download, error, isBusy },
  isWaived,
  onWaive,
}: {
  archive: ReturnType<typeof useDownload<[]>>;
  /** Whether the archive is waived. */
  isWaived: boolean;
  onWaive: (isWaived: boolean) => void;
}) {
  return (
    <Stack align="start" spacing={1}>
      <Typography variant="subtitle1" component="h3">
        1. Download an archive first
      </Typography>
      <Typography variant="body2">
        The archive contains the tenant, its apps and releases as YAML, and the
        git repository of each app with its history. It also records requests
        and tokens, but contains no tokens or secrets. README.txt explains how
        to restore the tenant.
      </Typography>
      <Button variant="outlined" disabled={isBusy} onClick={() => download()}>
        {archive ? 'Download again' : 'Download archive'}
      </Button>
      <div role="status">
        {isBusy && (
          <Typography variant="body2">Packing and downloading…</Typography>
        )}
        {archive && !isBusy && (
          <Alert severity="success">
            {archive.name} was downloaded, {formatBytes(archive.bytes)}. Store
            it in a safe place.
          </Alert>
        )}
      </div>
      {error && !isBusy && (
        <Alert severity="error">
          Can’t download the archive: {withFullStop(error.message)} Nothing was
          deleted; try again.
        </Alert>
      )}
      {!archive && (
        <FormControlLabel
          label="Continue without an archive"
          control={
            <Checkbox
              color="primary"
              checked={isWaived}
              onChange={(_event, checked) => onWaive(checked)}
            />
          }
        />
      )}
    </Stack>
  );
}
