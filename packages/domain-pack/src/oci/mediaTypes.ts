/** `artifactType` of a pack. */
export const packType = 'application/vnd.bailiwick.pack.v1+json';
/** Media type of the summary in a pack's manifest, its `config`. */
export const packConfigType = 'application/vnd.bailiwick.pack.config.v1+json';
/** Media type of a pack's files, its one layer. */
export const packContentType =
  'application/vnd.bailiwick.pack.content.v1.tar+gzip';

/** `artifactType` of a signature. */
export const signatureType = 'application/vnd.bailiwick.pack.signature.v1+json';
/** Media type of the one layer of a signature, a DSSE envelope. */
export const envelopeType = 'application/vnd.dsse.envelope.v1+json';

/** Media type of a manifest (OCI image-spec 1.1, media-types.md). */
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
/** Media type of `index.json` (OCI image-spec 1.1, media-types.md). */
export const indexType = 'application/vnd.oci.image.index.v1+json';
/** Media type of `{}`, where a manifest has to name something and has nothing (manifest.md). */
export const emptyType = 'application/vnd.oci.empty.v1+json';
