import {
  LiveContent,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import { isRefused } from '../access/isRefused';

const card = [56, 120];

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
