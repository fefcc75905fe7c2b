export { AppReader } from './AppReader';
export { Authorizer } from './Authorizer';
export { cordonRefusal } from './cordonRefusal';
export { permissionRefusal } from './permissionRefusal';
export { registerResources } from './registerResources';
export { requireAppRead, requireIn } from './requireAccess';
export { Resources } from './Resources';
