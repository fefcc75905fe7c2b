import { Typography } from '@material-ui/core';
import { RequestAccessButton } from './RequestAccessButton';
import type { AppRef } from './useAppAccess';
import type { Readability } from './useReadability';

/** The action for readers without access to an app's data; nothing for others. */
export function AccessAction({
  app,
  readability,
  title,
}: {
  app: AppRef;
  readability: Readability;
  /** Display name of the app. */
  title: string;
}) {
  if (readability === 'readable') return null;
  return readability === 'pending' ? (
    <Typography variant="body2" color="textSecondary">
      Access requested
    </Typography>
  ) : (
    <RequestAccessButton app={app} title={title} />
  );
}
