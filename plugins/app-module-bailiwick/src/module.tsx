import { Sidebar, SidebarItem } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';

const noSnackbars = { enabled: false };

function NavItem({ href, icon, node, title }: NavContentNavItem) {
  const common = { icon: () => icon };
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
      <Sidebar>{navItems.withComponent(NavItem).rest()}</Sidebar>
    ),
  },
});

/** Navigation in which notifications show how many are unread. */
export const appModuleBailiwick = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent],
});
