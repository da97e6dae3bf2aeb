import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import AdmZip from 'adm-zip';
import { crc64 } from './crc64.ts';
import { functionComputeError } from './errors.ts';

/** A function's code as it is deployed: a ZIP, whole and checked. */
export interface CodePackage {
  readonly zip: Buffer;
  /** CRC-64 of the ZIP, in decimal digits. */
  readonly checksum: string;
  /** `path` from the package's root, with slashes. */
  hasFile(path: string): boolean;
  /** Writes every file, byte for byte and with its mode, into a folder that is there and empty. */
  unpack(dir: string): void;
}

interface PackedFile {
  readonly path: string;
  readonly mode: number;
  readonly data: Buffer;
}

/** Documented: 10 GB. What a machine of a developer bears is less. */
const LARGEST_UNPACKED_BYTES = 1024 ** 3;
const PERMISSIONS = 0o777;
const DEFAULT_MODE = 0o644;
const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;
/** Of an entry that is not compressed. Source: APPNOTE.TXT of PKWARE, 4.4.5. */
const STORED = 0;

/**
 * Throws `InvalidArgument` for what is no ZIP, for a file that its checksum refutes, for a path out of
 * the package or a symbolic link, and for more than 1 GiB unpacked.
 */
export function readCodePackage(zip: Buffer): CodePackage {
  return codePackage(filesOf(zip), () => zip);
}

/** The folder as a ZIP: the same bytes for the same content. Links are followed. */
export function packFolder(dir: string): CodePackage {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((path): PackedFile[] => {
      const stats = statSync(join(dir, path));
      if (!stats.isFile()) return [];
      return [{ path, mode: stats.mode & PERMISSIONS, data: readFileSync(join(dir, path)) }];
    });
  return codePackage(files, () => zipOf(files));
}

/** Most packages are only run: the ZIP is made, and its checksum computed, when somebody asks. */
function codePackage(packed: readonly PackedFile[], makeZip: () => Buffer): CodePackage {
  const files = new Map(packed.map((file) => [file.path, file]));
  const zip = lazy(makeZip);
  const checksum = lazy(() => crc64(zip()));
  return {
    get zip() {
      return zip();
    },
    get checksum() {
      return checksum();
    },
    hasFile: (path) => files.has(path),
    unpack(dir) {
      for (const { path, mode, data } of files.values()) {
        const target = join(dir, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, data);
        chmodSync(target, mode);
      }
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function zipOf(files: readonly PackedFile[]): Buffer {
  const zip = new AdmZip();
  for (const { path, mode, data } of files) {
    const entry = zip.addFile(path, data, '', mode);
    entry.header.time = new Date(1980, 0, 1);
    // Nobody sends it anywhere: compressing would take longer than all the rest.
    entry.header.method = STORED;
  }
  return zip.toBuffer();
}

function filesOf(zip: Buffer): PackedFile[] {
  const entries = readable(() => new AdmZip(zip).getEntries());
  const unpackedBytes = entries.reduce((sum, { header }) => sum + header.size, 0);
  if (unpackedBytes > LARGEST_UNPACKED_BYTES) {
    throw refused(`it unpacks to ${unpackedBytes} bytes, more than ${LARGEST_UNPACKED_BYTES}`);
  }
  return entries.flatMap((entry) => {
    if (entry.isDirectory) return [];
    const path = entry.entryName;
    const isInside = path !== '' && !path.split('/').some((part) => part === '..' || part === '');
    if (!isInside || path.includes('\\')) throw refused(`'${path}' is no path inside of it`);
    // Made on another system an entry has no Unix mode.
    const unixMode = entry.attr >>> 16;
    if ((unixMode & FILE_TYPE) === SYMBOLIC_LINK) {
      throw refused(`'${path}' is a symbolic link, which the sandbox does not model`);
    }
    const mode = unixMode & PERMISSIONS || DEFAULT_MODE;
    return [{ path, mode, data: readable(() => entry.getData()) }];
  });
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw refused(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function refused(reason: string) {
  return functionComputeError('InvalidArgument', `code: the ZIP can't be used: ${reason}`);
}
