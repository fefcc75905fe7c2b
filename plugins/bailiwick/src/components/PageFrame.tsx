import { Content, ContentHeader, Link } from '@backstage/core-components';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

/** Frame of every page: the main landmark with title, question, actions and content. */
export function PageFrame({
  actions,
  children,
  parent,
  subtitle,
  title,
}: {
  actions?: ReactNode;
  children: ReactNode;
  /** The list that the page belongs to. */
  parent?: { title: string; to: string };
  subtitle?: ReactNode;
  title: string;
}) {
  return (
    <main>
      <Content>
        <ContentHeader
          title={title}
          titleComponent={
            <>
              {parent && (
                <Typography variant="body2">
                  <Link to={parent.to}>{parent.title}</Link>
                </Typography>
              )}
              <Typography variant="h3" component="h1">
                {title}
              </Typography>
              {subtitle && (
                <Typography color="textSecondary" component="div">
                  {subtitle}
                </Typography>
              )}
            </>
          }
        >
          {actions}
        </ContentHeader>
        {children}
      </Content>
    </main>
  );
}
