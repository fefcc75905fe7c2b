import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { filesToGive } from '../testResults';
import { archiveFiles } from './archiveFiles';
import { FullFolderError } from './FullFolderError';
import {
  blobPath,
  descriptorOf,
  emptyBlob,
  type Blob,
  type Descriptor,
  type Manifest,
} from './layoutFormat';
import { digestOf } from '../folder/digestOf';
import {
  envelopeType,
  indexType,
  manifestType,
  packConfigType,
  packContentType,
  packType,
  signatureType,
} from './mediaTypes';
import { signDigest, type PemKey } from './signature';

/** A pack in a layout. @public */
export interface BuiltPack {
  /** Name of the pack. */
  name: string;
  version: string;
  /** Digest of the manifest, such as `sha256:0a1b…`; the same for the same files. */
  digest: string;
}

/**
 * Builds an OCI image layout of a valid pack: one artifact with the files of the pack as its layer, and with a key
 * its signature as a referrer. Tools such as `oras` and `skopeo` copy it to a registry.
 *
 * Source: OCI image-spec 1.1,
 * https://github.com/opencontainers/image-spec/tree/v1.1.0 (image-layout.md, manifest.md "Guidelines for Artifact
 * Usage").
 *
 * @param folder - folder of the pack
 * @param output - folder of the layout, new or empty
 * @param key - private Ed25519 key for the signature
 * @throws PackError with all problems of the pack, or if the key is invalid; writes nothing then
 * @throws FullFolderError if the output folder is not empty
 * @public
 */
export async function buildLayout(
  folder: string,
  output: string,
  key?: PemKey,
): Promise<BuiltPack> {
  const pack = validPack(lintSource(folder));
  refuseFull(output);
  const compiled = compileSource(pack);
  const { name } = compiled.metadata;
  const { version } = compiled.spec;
  const archive = await archiveFiles(filesToGive(pack.files));
  const artifact = packArtifact(compiled, archive);
  const manifest = artifact.at(-1)!;
  const digest = digestOf(manifest.content);
  const signature = key ? signatureArtifact(manifest, key) : [];
  writeLayout(output, {
    blobs: [...artifact, ...signature],
    manifests: [
      {
        ...descriptorOf(manifest),
        artifactType: packType,
        annotations: { 'org.opencontainers.image.ref.name': version },
      },
      ...signature
        .slice(-1)
        .map(one => ({ ...descriptorOf(one), artifactType: signatureType })),
    ],
  });
  return { name, version, digest };
}

/** The blobs of a pack, its manifest last. */
function packArtifact({ metadata, spec }: DomainPack, archive: Buffer): Blob[] {
  const { description, owners, title, version } = spec;
  const { name } = metadata;
  const config = jsonBlob(packConfigType, {
    name,
    version,
    title,
    description,
    owners,
    archetypes: spec.archetypes.map(one => ({
      name: one.name,
      title: one.title,
      description: one.description,
    })),
  });
  const layer = { mediaType: packContentType, content: archive };
  const manifest: Manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: packType,
    config: descriptorOf(config),
    layers: [descriptorOf(layer)],
    annotations: {
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.description': description,
    },
  };
  return [config, layer, jsonBlob(manifestType, manifest)];
}

/** The blobs of the signature of a manifest, its own manifest last. */
function signatureArtifact(subject: Blob, key: PemKey): Blob[] {
  const envelope = {
    mediaType: envelopeType,
    content: signDigest(digestOf(subject.content), key),
  };
  const manifest: Manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: signatureType,
    config: descriptorOf(emptyBlob),
    layers: [descriptorOf(envelope)],
    subject: descriptorOf(subject),
  };
  return [emptyBlob, envelope, jsonBlob(manifestType, manifest)];
}

function jsonBlob(mediaType: string, value: unknown): Blob {
  return { mediaType, content: Buffer.from(JSON.stringify(value)) };
}

/** Writes the layout, with the index last, because a layout without index is invalid. */
function writeLayout(
  output: string,
  { blobs, manifests }: { blobs: Blob[]; manifests: Descriptor[] },
): void {
  for (const { content } of blobs) {
    const file = join(output, blobPath(digestOf(content)));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const write = (name: string, value: unknown) =>
    writeFileSync(join(output, name), JSON.stringify(value));
  write('oci-layout', { imageLayoutVersion: '1.0.0' });
  write('index.json', { schemaVersion: 2, mediaType: indexType, manifests });
}

function refuseFull(output: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(output);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') names = [message];
  }
  if (names.length > 0) throw new FullFolderError(output);
}
