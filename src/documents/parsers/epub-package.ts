import { posix } from 'node:path';
import { AkinError } from '../../errors.js';
import type { ZipArchive } from '../containers/zip.js';
import { oneLineOrNull } from '../normalise.js';
import type { DomElement } from './dom.js';
import { elementsNamed, localName, parseXml } from './xml-dom.js';

/** What an e-book's package document says (EPUB 2 and 3). Paths are those in the archive. */
export interface EpubPackage {
  metadata: DomElement;
  /** The paths of the documents, in the order of reading, without the table of contents. */
  chapters: string[];
  /** What the table of contents calls a document. */
  labels: Map<string, string>;
}

/** Fonts that are only made unreadable for other programs don't keep anybody from the text. */
const FONT_OBFUSCATION = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC/;

/** @throws AkinError DAMAGED_FILE */
export async function readPackage(archive: ZipArchive): Promise<EpubPackage> {
  const container = parseXml(String(await archive.read('META-INF/container.xml')));
  const path = elementsNamed(container, 'rootfile')[0]?.getAttribute('full-path');
  if (!path) throw new AkinError('DAMAGED_FILE', 'The e-book does not say what is in it: get it anew.');
  const root = parseXml(String(await archive.read(path)));
  const manifest = new Map(
    elementsNamed(root, 'item').map((item) => [item.getAttribute('id') ?? '', item] as const),
  );
  const contents = elementsNamed(root, 'reference')
    .filter((reference) => reference.getAttribute('type') === 'toc')
    .map((reference) => pathFrom(path, reference.getAttribute('href')));
  const readable = elementsNamed(root, 'itemref').flatMap((reference) => {
    const item = manifest.get(reference.getAttribute('idref') ?? '');
    const isText = /html|xml/.test(item?.getAttribute('media-type') ?? '') && !isSvg(item);
    return item && isText && !hasProperty(item, 'nav') ? [pathFrom(path, item.getAttribute('href'))] : [];
  });
  const metadata = elementsNamed(root, 'metadata')[0] ?? root;
  const chapters = [...new Set(readable)].filter((chapter) => !contents.includes(chapter));
  return { metadata, chapters, labels: await readLabels(archive, path, [...manifest.values()]) };
}

/** The paths that are encrypted so that only one program can read them. */
export async function encryptedPaths(archive: ZipArchive): Promise<Set<string>> {
  if (!archive.has('META-INF/encryption.xml')) return new Set();
  const root = parseXml(String(await archive.read('META-INF/encryption.xml')));
  const locked = elementsNamed(root, 'EncryptedData').filter((data) =>
    elementsNamed(data, 'EncryptionMethod').some(
      (method) => !FONT_OBFUSCATION.test(method.getAttribute('Algorithm') ?? ''),
    ),
  );
  const references = locked.flatMap((data) => elementsNamed(data, 'CipherReference'));
  return new Set(references.map((reference) => pathFrom('', reference.getAttribute('URI'))));
}

async function readLabels(
  archive: ZipArchive,
  base: string,
  items: DomElement[],
): Promise<Map<string, string>> {
  const isContents = (item: DomElement) =>
    hasProperty(item, 'nav') || item.getAttribute('media-type') === 'application/x-dtbncx+xml';
  const labels = new Map<string, string>();
  for (const item of items.filter(isContents)) {
    const path = pathFrom(base, item.getAttribute('href'));
    if (!archive.has(path)) continue;
    for (const entry of elementsNamed(parseXml(String(await archive.read(path))), 'a', 'navPoint')) {
      const [target, text] = entryOf(entry);
      const chapter = pathFrom(path, target);
      const label = oneLineOrNull(text);
      if (label !== null && !labels.has(chapter)) labels.set(chapter, label);
    }
  }
  return labels;
}

/** An entry's target and text: `<a href>` of EPUB 3, `<navPoint>` of EPUB 2. */
function entryOf(entry: DomElement): [string | null, string | null] {
  if (localName(entry) === 'a') return [entry.getAttribute('href'), entry.textContent];
  const [label] = elementsNamed(entry, 'text');
  const [content] = elementsNamed(entry, 'content');
  return [content?.getAttribute('src') ?? null, label?.textContent ?? null];
}

function pathFrom(base: string, href: string | null): string {
  const [path = ''] = (href ?? '').split('#');
  return posix.join(posix.dirname(base), decoded(path));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    // A name with a percent sign that is no escape is the name itself.
    if (error instanceof URIError) return path;
    throw error;
  }
}

function hasProperty(item: DomElement, property: string): boolean {
  return (item.getAttribute('properties') ?? '').split(/\s+/).includes(property);
}

function isSvg(item: DomElement | undefined): boolean {
  return item?.getAttribute('media-type') === 'image/svg+xml';
}
