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

/** For a page: a bar and two cards. */
const usualSkeletons = [56, 160, 160];

/**
 * Shows a live value: skeletons until it is there, what failed and what to do, an empty state,
 * or the value, in this order. A value once shown is never replaced by skeletons. While the value may be out of date,
 * health chips below it look stale.
 */
export function LiveContent<T>({
  children,
  empty,
  isEmpty = () => false,
  live,
  skeletons = usualSkeletons,
  what,
}: {
  children: (value: T) => ReactNode;
  empty?: ReactNode;
  isEmpty?: (value: T) => boolean;
  live: Pick<Live<T>, 'value' | 'error'> & Partial<Live<T>>;
  /** Heights of what stands in for the value until it is there, pixels. */
  skeletons?: number[];
  /** What it is, for messages: "The tenants". */
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
            onClick={() => window.location.reload()}
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
