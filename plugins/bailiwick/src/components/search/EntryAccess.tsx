import { Typography } from '@material-ui/core';
import { AccessAction } from '../access/AccessAction';
import type { SearchEntry } from './SearchEntry';

/** Shows that the reader can't read the data of an entry's app, with the way to it beside one entry of each app. */
export function EntryAccess({
  entry: { app, readability = 'readable' },
  hasAction,
}: {
  entry: SearchEntry;
  /** Whether to offer the request; other entries of the app have a mark. */
  hasAction: boolean;
}) {
  if (!app || readability === 'readable') return null;
  return hasAction || readability === 'pending' ? (
    <AccessAction app={app} readability={readability} title={app.title} />
  ) : (
    <Typography variant="body2" color="textSecondary">
      No access
    </Typography>
  );
}
