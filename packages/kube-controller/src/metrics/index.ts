export * from './ControllerMetrics';
