import { Content, Header, Page } from '@backstage/core-components';
import type { ReactNode } from 'react';

/** Frame of every page: header with title and question, actions, content. */
export function PageFrame({
  children,
  subtitle,
  title,
  actions,
}: {
  actions?: ReactNode;
  children: ReactNode;
  subtitle?: ReactNode;
  title: string;
}) {
  return (
    <Page themeId="home">
      <Header title={title} subtitle={subtitle}>
        {actions}
      </Header>
      <Content>{children}</Content>
    </Page>
  );
}
