import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

/** A part of a dialog, a drawer or a form, under a heading. */
export function Section({
  children,
  title,
}: {
  children: ReactNode;
  title: string;
}) {
  return (
    <section>
      <Typography variant="h6" component="h3" gutterBottom>
        {title}
      </Typography>
      {children}
    </section>
  );
}
