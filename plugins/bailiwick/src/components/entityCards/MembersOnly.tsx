import { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

const card = [56, 120];

/** Whether the portal does not let the reader see a value, as to who is no member of the tenant. */
export function isRefused({
  error,
  value,
}: Pick<Live<unknown>, 'error' | 'value'>): boolean {
  return (
    value === undefined &&
    error instanceof RequestFailedError &&
    [403, 404].includes(error.status)
  );
}

/** Shows a live value in a card; tells other people that only members of the tenant see it. */
export function MembersOnly<T>({
  children,
  live,
  skeletons = card,
  what,
}: {
  children: (value: T) => ReactNode;
  live: Live<T>;
  /** Heights of the skeletons while the value loads, in pixels. */
  skeletons?: number[];
  /** Name of the value for messages, such as "Health". */
  what: string;
}) {
  if (isRefused(live))
    return (
      <Typography color="textSecondary">
        Only members can see {what.toLowerCase()}. Ask an owner of the tenant to
        add you.
      </Typography>
    );
  return (
    <LiveContent live={live} skeletons={skeletons} what={what}>
      {children}
    </LiveContent>
  );
}
