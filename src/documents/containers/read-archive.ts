import { AkinError } from '../../errors.js';
import { ownPathError, ownPathsOf } from '../own-files.js';
import type { FileType } from '../sniff.js';
import { refuseSignature } from '../sniff-binary.js';
import { archiveKind } from './archive-kind.js';
import type { ReadBudget } from './budget.js';
import { isHiddenPath } from './entry-path.js';
import { collectParts, type ReadDocuments, type ReadPart } from './parts.js';
import { ZipArchive } from './zip.js';

/** Reads a ZIP archive: a document that is kept as one, or each of the files in it. */
export async function readArchive(
  bytes: Uint8Array,
  name: string,
  { budget, readPart }: { budget: ReadBudget; readPart: ReadPart },
): Promise<ReadDocuments & { type: FileType }> {
  const archive = await ZipArchive.ofBytes(bytes, budget);
  try {
    const type = await archiveKind(archive, name);
    if (type === 'docx') {
      const { parseDocx } = await import('../parsers/docx.js');
      return { type, documents: [await parseDocx(archive)], failures: [] };
    }
    if (type === 'odt') {
      const { parseOdt } = await import('../parsers/odt.js');
      return { type, documents: [await parseOdt(archive)], failures: [] };
    }
    if (type === 'epub') {
      const { parseEpub } = await import('../parsers/epub.js');
      return { type, ...(await parseEpub(archive, name)) };
    }
    const { entries, failures } = listEntries(archive, name);
    const read = await collectParts(
      entries.map((path) => ({
        item: `${name}/${path}`,
        read: async () => readPart(await readEntryBytes(archive, path, name), path),
      })),
    );
    return { type, documents: read.documents, failures: [...failures, ...read.failures] };
  } finally {
    archive.close();
  }
}

/**
 * The files of an archive that a person put there, and those that are refused.
 * @throws AkinError EMPTY_FILE where there is neither
 */
export function listEntries(
  archive: ZipArchive,
  name: string,
): { entries: string[]; failures: ReadDocuments['failures'] } {
  const own = ownPathsOf(archive.paths);
  const entries = archive.paths.filter((path) => !isHiddenPath(path) && !own.has(path));
  const failures = archive.failures.map((failure) => ({ ...failure, item: `${name}/${failure.item}` }));
  for (const path of own) {
    const { code, message } = ownPathError(path);
    failures.push({ item: `${name}/${path}`, code, detail: message });
  }
  if (entries.length === 0 && failures.length === 0) {
    throw new AkinError('EMPTY_FILE', `There is no file in ${name}.`);
  }
  return { entries, failures };
}

/** The bytes of an entry; a film's beginning is enough to refuse it. */
export function readEntryBytes(archive: ZipArchive, path: string, name: string): Promise<Buffer> {
  return archive.read(path, (head) => refuseSignature(head, `${name}/${path}`));
}
