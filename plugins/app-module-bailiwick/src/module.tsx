import { Sidebar, SidebarGroup, SidebarItem } from '@backstage/core-components';
import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { makeStyles } from '@material-ui/core';
import MenuIcon from '@material-ui/icons/Menu';
import { templateCard } from './alphaExtensions';
import { ThemeReload } from './ThemeReload';

const noSnackbars = { enabled: false };

const useStyles = makeStyles({
  // The room for what stands behind a title is the title's when nothing does.
  item: { '& > div:last-child:empty': { display: 'none' } },
});

function NavItem({ href, icon, node, title }: NavContentNavItem) {
  const { item } = useStyles();
  const common = { className: item, icon: () => icon };
  if (node.spec.id !== 'page:notifications')
    return <SidebarItem {...common} to={href} text={title} />;
  return (
    <NotificationsSidebarItem
      // They would cover the buttons of drawers.
      snackbarProps={noSnackbars}
      renderItem={({ onClick, to, unreadCount }) => (
        <SidebarItem
          {...common}
          to={to}
          onClick={onClick}
          text={title}
          aria-label={
            unreadCount > 0 ? `${title} ${unreadCount} unread` : title
          }
          hasNotifications={unreadCount > 0}
        >
          {/* What shows must be part of the label, the space between too. */}
          {unreadCount > 0 && <span>{` ${unreadCount}`}</span>}
        </SidebarItem>
      )}
    />
  );
}

const navContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => (
      <Sidebar>
        {/* Only narrow windows show the group, as a button. */}
        <SidebarGroup label="Menu" icon={<MenuIcon />}>
          {navItems.withComponent(NavItem).rest()}
        </SidebarGroup>
      </Sidebar>
    ),
  },
});

const freshPage = AppRootElementBlueprint.make({
  name: 'fresh-page',
  params: { element: <ThemeReload /> },
});

/** Navigation with the number of unread notifications, pages in the colours of one theme, and cards of templates. */
export const appModuleBailiwick = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent, freshPage, templateCard],
});
