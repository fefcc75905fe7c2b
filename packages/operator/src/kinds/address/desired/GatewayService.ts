import { systemNamespace } from '../../../names';

/** Name of the data gateway's Service in {@link systemNamespace}. */
export const gatewayServiceName = 'gateway';

/** The data gateway's Service, to which all addresses lead. */
export interface GatewayService {
  /** Port of the Service. */
  port: number;
  /** Port of the pods, by number or name. */
  targetPort?: number | string;
  selector?: Record<string, string>;
}

/** The Service for messages. */
export const gatewayServiceKey = `${systemNamespace}/${gatewayServiceName}`;
