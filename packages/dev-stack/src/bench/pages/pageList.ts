import { demoApp, demoTemplate, demoTenant } from '../../demo/playMainPath';

/** A page to measure. */
export interface MeasuredPage {
  name: string;
  /** Demo person who opens it. */
  person: 'Bea' | 'Rita' | 'Pia' | 'Nora';
  path: string;
  /** Selector of the main content; the page is usable when a match is visible. */
  content: string;
  /** Text that the match contains, when the selector alone also matches a placeholder. */
  text?: string;
  /** Whether an empty portal without the demo's apps has the page, as in a smoke test. */
  inSmokeTest?: boolean;
}

const appPath = `/catalog/${demoTenant}/component/${demoApp}`;

/** Pages of the portal, after the demo: ours, and those of Backstage on the way to an app and its data. */
export const pageList: MeasuredPage[] = [
  {
    name: 'home-builder',
    person: 'Bea',
    path: '/',
    content: 'main a',
    text: 'Month-end prices',
  },
  {
    name: 'home-owner',
    person: 'Rita',
    path: '/',
    content: 'main a',
    text: 'Month-end prices',
  },
  {
    name: 'home-platform-engineer',
    person: 'Pia',
    path: '/',
    content: 'main a',
    text: 'Month-end prices',
  },
  {
    name: 'home-newcomer',
    person: 'Nora',
    path: '/',
    content: 'main button, main a',
    text: 'Request a tenant',
    inSmokeTest: true,
  },
  {
    name: 'gallery',
    person: 'Bea',
    path: '/create',
    content: 'main button, main a, article button, article a',
    text: 'Use template',
  },
  {
    name: 'template-form',
    person: 'Bea',
    path: `/create/templates/default/${demoTemplate}`,
    content: 'label',
    text: 'Tenant and environment',
  },
  {
    name: 'apps',
    person: 'Bea',
    path: '/apps',
    content: 'main a',
    text: 'Month-end prices',
  },
  {
    name: 'app-overview',
    person: 'Bea',
    path: appPath,
    content: 'main td, article td',
    text: 'AAPL',
  },
  {
    name: 'app-deploy',
    person: 'Bea',
    path: `${appPath}/deploy`,
    content: 'main *, article *',
    text: 'Healthy',
  },
  {
    name: 'app-get-data',
    person: 'Bea',
    path: `${appPath}/get-data`,
    content: 'button',
    text: 'Create token',
  },
  {
    name: 'api',
    person: 'Bea',
    path: `/catalog/${demoTenant}/api/${demoApp}`,
    content: 'main *, article *',
    text: '/prices',
  },
  {
    name: 'tenants',
    person: 'Bea',
    path: '/tenants',
    content: 'main a',
    text: 'Rates desk',
  },
  {
    name: 'tenant',
    person: 'Bea',
    path: `/tenants/${demoTenant}`,
    content: 'main *',
    text: 'of 5',
  },
  {
    name: 'tenant-request-form',
    person: 'Nora',
    path: '/tenants/-/new',
    content: 'main label',
    text: 'Title',
    inSmokeTest: true,
  },
  {
    name: 'requests',
    person: 'Rita',
    path: '/requests',
    content: 'main a',
    text: 'Rates desk',
  },
  {
    name: 'search',
    person: 'Bea',
    path: '/search?query=volatility',
    content: 'main a',
    text: 'volatility',
  },
  {
    name: 'catalog',
    person: 'Bea',
    path: '/catalog',
    content: 'td a',
    text: 'Month-end prices',
  },
  {
    name: 'notifications',
    person: 'Rita',
    path: '/notifications',
    content: 'li',
    text: 'Rates desk',
  },
];
