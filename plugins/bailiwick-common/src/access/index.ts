export * from './deciders';
export * from './isAbout';
export * from './roles';
