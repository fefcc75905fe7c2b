import { InputError } from '@backstage/errors';
import express, { type ErrorRequestHandler } from 'express';

/** Without this the answer to broken JSON, and the log, would hold the whole body with its secrets. */
const forgetBody: ErrorRequestHandler = (error, _req, _res, next) => {
  if (error.type === 'entity.parse.failed')
    return next(new InputError('The request body is not valid JSON'));
  delete error.body;
  return next(error);
};

/** Reads bodies of JSON. */
export const readJson = [express.json({ limit: '8mb' }), forgetBody];
