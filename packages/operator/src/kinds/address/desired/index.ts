export type { Address } from './Address';
export { addressSelector, isOfAddress } from './addressLabels';
export { desiredRoutes, desiredShared, urlOf } from './desiredObjects';
export {
  gatewayServiceKey,
  gatewayServiceName,
  type GatewayService,
} from './GatewayService';
