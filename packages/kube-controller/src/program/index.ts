export * from './ControllerProgram';
export * from './noSniff';
export * from './serveHealth';
