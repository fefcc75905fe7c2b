export * from './ControllerProgram';
export * from './serveHealth';
