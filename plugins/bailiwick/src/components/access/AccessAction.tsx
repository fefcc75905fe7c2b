import { Typography } from '@material-ui/core';
import { RequestAccessButton } from './RequestAccessButton';
import type { AppRef } from './useAppAccess';
import type { Readability } from './useReadability';

/** The action for readers without access to an app's data. */
export function AccessAction({
  app,
  readability,
  title,
}: {
  app: AppRef;
  readability: Exclude<Readability, 'readable'>;
  /** Display name of the app. */
  title: string;
}) {
  return readability === 'pending' ? (
    <Typography variant="body2" color="textSecondary">
      Access requested
    </Typography>
  ) : (
    <RequestAccessButton app={app} title={title} />
  );
}
