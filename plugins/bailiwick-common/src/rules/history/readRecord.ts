import { z } from 'zod';

/**
 * One read of an app's results through a gateway, as its read log stores it. It has no parameters and no values, which
 * can be confidential.
 *
 * @public
 */
export const readRecordSchema = z.object({
  /** End of the response (RFC 3339, UTC, microseconds); unique for each gateway. */
  at: z.string(),
  tenant: z.string(),
  environment: z.string(),
  app: z.string(),
  /** Empty for a request that the token gives no access to. */
  fn: z.string(),
  /** Media type of the response. */
  format: z.string(),
  /** Release, or commit of a draft, that served the read; absent if unknown. */
  code: z.string().optional(),
  /** Entity reference of the reader. */
  subject: z.string(),
  /** Name of the grant. */
  grant: z.string(),
  /** Client of the grant, such as `excel`. */
  client: z.string(),
  /** `User-Agent` of the client, at most 100 characters. */
  agent: z.string().optional(),
  /** Address of the client. */
  address: z.string(),
  /** HTTP status. */
  status: z.number().int(),
  /** Whether the client closed the connection before the end of the response. */
  isAborted: z.boolean(),
  /** Rows sent; absent if the gateway did not count them. */
  rows: z.number().int().optional(),
  /** Bytes of the body before compression. */
  bytes: z.number().int(),
  /** Milliseconds from the request to the end of the response. */
  ms: z.number().int(),
});

/** One read of an app's results through a gateway. @public */
export type ReadRecord = z.output<typeof readRecordSchema>;

/** Selects the newest reads of a tenant before a time. @public */
export interface ReadQuery {
  tenant: string;
  app?: string;
  /** Time (RFC 3339) before which the reads ended; now by default. */
  before?: string;
  limit: number;
}

/** Maximum number of reads of one response. @public */
export const maxReads = 10_000;
