export * from './grantedAccesses';
export * from './limits';
export * from './namespace';
export * from './network';
export * from './roleBindings';
export * from './tenantLabels';
