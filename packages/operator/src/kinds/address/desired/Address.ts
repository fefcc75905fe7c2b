import type { AddressedApp } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Address of an app in an environment. */
export interface Address extends AddressedApp {
  /** Key of the app. */
  key: string;
  host: string;
}
