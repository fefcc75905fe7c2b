import { InfoCard } from '@backstage/core-components';
import type { ComponentProps } from 'react';

/** A card on a tab of an entity's page; its title is a heading one level below the title of the page. */
export function TabCard(props: ComponentProps<typeof InfoCard>) {
  return <InfoCard titleTypographyProps={{ component: 'h3' }} {...props} />;
}
