export { AppReader } from './AppReader';
export { Authorizer } from './Authorizer';
export { CatalogSubjects } from './CatalogSubjects';
export { ofApp } from './ofApp';
export { permissionRefusal, refusalSentence } from './permissionRefusal';
export { readableApp } from './readableApp';
export { registerResources } from './registerResources';
export { Resources } from './Resources';
export { requireExport } from './requireExport';
