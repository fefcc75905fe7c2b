export * from './accesses';
export * from './access';
export * from './limits';
export * from './namespace';
export * from './network';
export * from './tenantLabels';
