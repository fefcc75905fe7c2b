export * from './changes';
export * from './FleetCluster';
export * from './kubernetesPlugin';
export * from './PortalProcess';
export * from './Screen';
export * from './StockPortal';
export * from './Viewers';
