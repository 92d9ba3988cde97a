import { ZipFile } from 'yazl';

/** A ZIP archive of these files, in this order. */
export function zipOf(
  files: Record<string, string | Uint8Array>,
  { compress = true }: { compress?: boolean } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), path, { compress });
  zip.end();
  return collected(zip);
}

export async function collected(zip: ZipFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A Word file with this body; more parts by their path. */
export function docxOf(body: string, parts: Record<string, string> = {}): Promise<Buffer> {
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
}

export function wordParagraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** An OpenDocument text with this in its `office:text`; more parts by their path. */
export function odtOf(text: string, parts: Record<string, string> = {}): Promise<Buffer> {
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="ta" xmlns:style="s"><office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number style:num-format="1"/></text:list-style></office:automatic-styles><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ...parts,
  });
}

/** An e-book of chapters by their file name; more parts by their path. */
export function epubOf(
  chapters: Record<string, string>,
  { metadata = '', parts = {} }: { metadata?: string; parts?: Record<string, string> } = {},
): Promise<Buffer> {
  const names = Object.keys(chapters);
  const items = names.map(
    (name, i) => `<item id="c${i}" href="${name}" media-type="application/xhtml+xml"/>`,
  );
  return zipOf({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    'OPS/book.opf': `<package><metadata xmlns:dc="d">${metadata}</metadata><manifest>${items.join('')}<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="nav"/>${names.map((_, i) => `<itemref idref="c${i}"/>`).join('')}</spine></package>`,
    'OPS/nav.xhtml':
      '<html xmlns="x"><body><nav><ol><li><a href="two.xhtml">Second part</a></li></ol></nav></body></html>',
    ...Object.fromEntries(names.map((name) => [`OPS/${name}`, chapters[name] ?? ''])),
    ...parts,
  });
}
