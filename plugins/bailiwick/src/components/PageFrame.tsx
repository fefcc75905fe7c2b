import { Content, ContentHeader } from '@backstage/core-components';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

/** Frame of every page: title and question, actions, content; the portal draws its own header. */
export function PageFrame({
  actions,
  children,
  subtitle,
  title,
}: {
  actions?: ReactNode;
  children: ReactNode;
  subtitle?: ReactNode;
  title: string;
}) {
  return (
    <Content>
      <ContentHeader
        title={title}
        titleComponent={
          <>
            <Typography variant="h4" component="h1">
              {title}
            </Typography>
            <Typography>{subtitle}</Typography>
          </>
        }
      >
        {actions}
      </ContentHeader>
      {children}
    </Content>
  );
}
