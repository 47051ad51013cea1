export { FileEntry, Manifest, RELEASE_FORMAT } from './manifest-schema.ts';
