import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Router } from 'express';
import type { AppReader, Authorizer, Resources } from '../authorization';

/** A part of the plugin: its routes, and background work that runs as long as the plugin. */
export interface Feature {
  /** Routes whose JSON bodies are parsed before. */
  router?: Router;
  /** Routes that read the body of a request as a stream. */
  rawRouter?: Router;
  start?(): Promise<void> | void;
  stop?(): Promise<void> | void;
}

/** Services that features share. */
export interface FeatureContext {
  apps: AppReader;
  authorizer: Authorizer;
  kubernetes: KubernetesService;
  resources: Resources;
}
