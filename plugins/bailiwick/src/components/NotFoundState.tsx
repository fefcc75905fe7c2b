import { LinkButton } from '@backstage/core-components';
import { EmptyState } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { ReactNode } from 'react';

/** Explains that an address does not exist, with possible reasons and a link back. */
export function NotFoundState({
  back,
  children,
  title,
}: {
  back: { to: string; words: string };
  children: ReactNode;
  title: string;
}) {
  return (
    <EmptyState
      title={title}
      action={
        <LinkButton to={back.to} variant="contained" color="primary">
          {back.words}
        </LinkButton>
      }
    >
      {children}
    </EmptyState>
  );
}
