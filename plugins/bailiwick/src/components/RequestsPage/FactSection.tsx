import { Facts } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

/** Facts under a heading; nothing when there are none. */
export function FactSection({
  facts,
  title,
}: {
  facts: [term: string, what: ReactNode][];
  title: string;
}) {
  if (facts.length === 0) return null;
  return (
    <section>
      <Typography variant="h6" component="h3" gutterBottom>
        {title}
      </Typography>
      <Facts facts={facts} />
    </section>
  );
}
