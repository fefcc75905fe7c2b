import { digestOf } from '../folder/digestOf';
import { z } from 'zod';
import { emptyType, manifestType } from './mediaTypes';

/** A digest as OCI writes it; packs take SHA-256 only. */
const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest such as sha256:0a1b…');

const descriptorSchema = z.object({
  mediaType: z.string().max(255),
  digest,
  size: z.int().min(0),
  artifactType: z.string().max(255).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** Type, size and digest of a blob (OCI image-spec 1.1, descriptor.md). */
export type Descriptor = z.output<typeof descriptorSchema>;

/** A manifest of an artifact (OCI image-spec 1.1, manifest.md). */
export const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal(manifestType),
  artifactType: z.string().max(255).optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema).max(100),
  subject: descriptorSchema.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** A manifest of an artifact. */
export type Manifest = z.output<typeof manifestSchema>;

/** `index.json`, the list of the manifests of a layout (OCI image-spec 1.1, image-layout.md). */
export const indexSchema = z.object({
  schemaVersion: z.literal(2),
  manifests: z.array(descriptorSchema).max(100),
});

/** `oci-layout`, the version of a layout (OCI image-spec 1.1, image-layout.md). */
export const layoutSchema = z.object({
  imageLayoutVersion: z.literal('1.0.0'),
});

/** Descriptor for mandatory fields of a manifest that have no content. */
export const emptyBlob = { mediaType: emptyType, content: Buffer.from('{}') };

/** Content with its media type. */
export interface Blob {
  mediaType: string;
  content: Buffer;
}

/** The descriptor of a blob. */
export function descriptorOf({ content, mediaType }: Blob): Descriptor {
  return { mediaType, digest: digestOf(content), size: content.length };
}

/** Path of a blob in its layout. */
export function blobPath(of: string): string {
  return `blobs/${of.replace(':', '/')}`;
}
