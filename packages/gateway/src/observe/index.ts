export * from './GatewayMetrics';
export * from './observeRoutes';
