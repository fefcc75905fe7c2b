import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import type { ReactNode } from 'react';
import { LostSourceProvider, useLostSourceOf } from '../live/lostSource';
import type { Live } from '../live/useLive';
import { Stack } from './Stack';

function Skeletons({ heights }: { heights: number[] }) {
  return (
    <Stack role="status" aria-label="Loading">
      {heights.map((height, row) => (
        <Skeleton key={row} variant="rect" height={height} />
      ))}
    </Stack>
  );
}

/** Heights of the skeletons of a page: a bar and two cards. */
const usualSkeletons = [56, 160, 160];

/**
 * Shows one of these for a live value, in this order: skeletons while it loads, an error with its remedy, an empty
 * state, or the value. A value is never replaced by skeletons. While the value is stale, health chips in it are
 * stale, too.
 *
 * @public
 */
export function LiveContent<T>({
  children,
  empty,
  isEmpty = () => false,
  live,
  onRetry = () => window.location.reload(),
  skeletons = usualSkeletons,
  what,
}: {
  children: (value: T) => ReactNode;
  empty?: ReactNode;
  isEmpty?: (value: T) => boolean;
  live: Pick<Live<T>, 'value' | 'error'> & Partial<Live<T>>;
  /** Loads the value again after an error; reloads the page by default. */
  onRetry?: () => void;
  /** Heights of the skeletons, in pixels. */
  skeletons?: number[];
  /** Name of the value for messages, such as "The tenants". */
  what: string;
}) {
  const lost = useLostSourceOf(live);
  if (live.value === undefined) {
    if (!live.error) return <Skeletons heights={skeletons} />;
    return (
      <Alert
        severity="error"
        action={
          <Button
            color="inherit"
            size="small"
            style={{ whiteSpace: 'nowrap' }}
            onClick={() => onRetry()}
          >
            Try again
          </Button>
        }
      >
        <AlertTitle>{what} can’t be loaded</AlertTitle>
        <Typography variant="body2">{live.error.message}</Typography>
      </Alert>
    );
  }
  if (empty && isEmpty(live.value)) return <>{empty}</>;
  return (
    <LostSourceProvider value={lost}>{children(live.value)}</LostSourceProvider>
  );
}
