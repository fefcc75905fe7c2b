export * from './DirectUpstream';
export * from './ProxyUpstream';
export * from './readRefusal';
export * from './RoutedUpstream';
export type * from './ServiceDirectory';
export type * from './Upstream';
