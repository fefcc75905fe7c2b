import {
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { useNotificationsApi } from '@backstage/plugin-notifications';
import { useSignal } from '@backstage/plugin-signals-react';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import MenuIcon from '@material-ui/icons/Menu';
import { Fragment, useEffect, type ComponentProps } from 'react';
import { Link } from 'react-router-dom';
import { Mark } from './Mark';

type SidebarItemProps = ComponentProps<typeof SidebarItem>;

const useStyles = makeStyles(theme => ({
  // Gives the title the room of an empty secondary action.
  item: { '& > div:last-child:empty': { display: 'none' } },
  gap: { height: theme.spacing(2), flexShrink: 0 },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2.5, 0, 2.5, 2.75),
    color: theme.palette.primary.main,
    textDecoration: 'none',
    whiteSpace: 'nowrap',
  },
  title: {
    ...theme.typography.h5,
    margin: 0,
    color: theme.palette.text.primary,
    letterSpacing: '-0.01em',
  },
}));

function Brand() {
  const { brand, title } = useStyles();
  const name =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Bailiwick';
  return (
    <Link to="/" className={brand} aria-label={name}>
      <Mark />
      <span className={title}>{name}</span>
    </Link>
  );
}

/** A link with the number of things that wait for the reader; no number when nothing waits. */
function CountedItem({
  count,
  text,
  unit,
  ...item
}: SidebarItemProps & {
  count: number;
  text: string;
  /** Unit of the number, for screen readers. */
  unit: string;
}) {
  return (
    <SidebarItem
      {...item}
      text={text}
      // The label must contain the visible text, including the space (WCAG 2.2, 2.5.3).
      aria-label={count > 0 ? `${text} ${count} ${unit}` : text}
      hasNotifications={count > 0}
    >
      {count > 0 && <span>{` ${count}`}</span>}
    </SidebarItem>
  );
}

/** The link to the requests, with the number of those that the reader can decide. */
function RequestsItem(item: SidebarItemProps & { text: string }) {
  const { value = [] } = useLiveList<RequestView>('/requests');
  const count = value.filter(({ canDecide }) => canDecide).length;
  return <CountedItem {...item} count={count} unit="pending your approval" />;
}

/**
 * The link to the notifications, with the number of unread ones. Backstage's own item overwrites the titles of tabs even
 * when its counter in the title is off.
 */
function NotificationsItem(item: SidebarItemProps & { text: string }) {
  const { error, retry, value } = useNotificationsApi(api => api.getStatus());
  const { lastSignal } = useSignal('notifications');
  useEffect(() => {
    if (lastSignal) retry();
    // Each state of the request has a function of its own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lastSignal]);
  const count = (!error && value?.unread) || 0;
  return <CountedItem {...item} count={count} unit="unread" />;
}

function NavItem({ href, icon, node, title }: NavContentNavItem) {
  const { item } = useStyles();
  const common = { className: item, icon: () => icon };
  if (node.spec.id === 'page:bailiwick/requests')
    return <RequestsItem {...common} to={href} text={title} />;
  if (node.spec.id === 'page:notifications')
    return <NotificationsItem {...common} to={href} text={title} />;
  return <SidebarItem {...common} to={href} text={title} />;
}

/** Room between groups of pages. */
function Gap() {
  return <div className={useStyles().gap} />;
}

/** Reference pages; they are below the others. */
const referencePages = ['page:catalog', 'page:api-docs', 'page:bailiwick/docs'];

/** Pages about the reader, at the lower end. */
const personalPages = ['page:notifications', 'page:user-settings'];

/** Shows nothing unless it starts from an entity, whose page has a link to it. */
const graphPage = 'page:catalog-graph';

/** The sidebar: mark and title, then the pages in three groups, within a group in the order of the configuration. */
export const navigation = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const items = navItems.withComponent(NavItem);
      const [reference, personal] = [referencePages, personalPages].map(ids =>
        ids.map(id => <Fragment key={id}>{items.take(id)}</Fragment>),
      );
      items.take(graphPage);
      return (
        <Sidebar>
          <Brand />
          {/* Narrow windows show the group as a button. */}
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {items.rest()}
            <Gap />
            {reference}
            <SidebarSpace />
            {personal}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
