export {
  appOf,
  fleetFilterOf,
  hasApps,
  isApp,
  isAppApi,
  isAppComponent,
  type FleetFilter,
} from './entityKinds';
