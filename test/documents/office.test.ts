import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { docxOf, epubOf, odtOf, wordParagraph, zipOf } from './archives.js';

const only = async (bytes: Uint8Array, name: string) => {
  const { type, documents, failures } = await parseFile(bytes, name);
  expect(failures).toEqual([]);
  expect(documents).toHaveLength(1);
  return { type, ...documents[0] };
};

describe('a Word file', () => {
  it('gives headings, lists, tables and text, and the fields of its properties', async () => {
    const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
    const bytes = await docxOf(
      `${wordParagraph('The river', '<w:pStyle w:val="Heading1"/>')}${wordParagraph('It rose over­night.')}<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr></w:tbl><w:p><w:r><w:ruby><w:rt><w:r><w:t>kana</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`,
      {
        'docProps/core.xml':
          '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Floods</dc:title><dc:creator>Jane Doe</dc:creator><cp:keywords>river, flood</cp:keywords><dc:language>de_de</dc:language><dcterms:created>2025-07-16T09:30:00Z</dcterms:created></cp:coreProperties>',
      },
    );
    expect(await only(bytes, 'no-extension')).toMatchObject({
      type: 'docx',
      title: 'Floods',
      author: 'Jane Doe',
      tags: ['river', 'flood'],
      language: 'de-DE',
      metadata: { createdAt: '2025-07-16T09:30:00Z' },
      text: 'The river\n\nIt rose overnight.\n\na | b\n\n東京',
      headings: [{ offset: 0, text: 'The river' }],
    });
  });

  it.each([
    ['only as Word 2010 writes it', ''],
    ['beside a picture of it', '<mc:Fallback><w:pict/></mc:Fallback>'],
    [
      'in both forms',
      `<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${wordParagraph('In the box.')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>`,
    ],
  ])('gives the text of a box that is there %s once', async (_, fallback) => {
    const box = `<w:drawing><w:txbxContent>${wordParagraph('In the box.')}</w:txbxContent></w:drawing>`;
    const bytes = await docxOf(
      `<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice>${fallback}</mc:AlternateContent></w:r></w:p>${wordParagraph('After.')}`,
    );
    expect((await only(bytes, 'a.docx')).text).toBe('Before.\n\nIn the box.\n\nAfter.');
  });

  it('is DAMAGED_FILE without its text', async () => {
    const bytes = await zipOf({ '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' });
    await expect(parseFile(bytes, 'a.docx')).rejects.toMatchObject({ code: 'DAMAGED_FILE' });
  });

  it('never has an entity expanded', async () => {
    const bytes = await zipOf({
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': `<!DOCTYPE d [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${wordParagraph('x &b; y')}</w:body></w:document>`,
    });
    const read = await parseFile(bytes, 'a.docx').catch((error: Error) => error.message);
    expect(JSON.stringify(read)).not.toContain('AAAA');
  });
});

describe('an OpenDocument text', () => {
  it('gives headings, lists, tables, notes and text, without what was deleted or is a comment', async () => {
    const bytes = await odtOf(
      `<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>
       <text:h text:outline-level="1">The river</text:h>
       <text:p>It<text:s text:c="2"/>rose<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By a metre.</text:p></text:note-body></text:note> &amp; fell.<office:annotation><text:p>comment</text:p></office:annotation></text:p>
       <text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
       <table:table><table:table-row><table:table-cell table:number-columns-repeated="9999999"><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`,
      {
        'meta.xml':
          '<office:document-meta xmlns:meta="m" xmlns:dc="d"><meta:initial-creator>Jane Doe</meta:initial-creator><meta:creation-date>2025-07-16T09:30:00</meta:creation-date><meta:keyword>river</meta:keyword></office:document-meta>',
      },
    );
    expect(await only(bytes, 'a.odt')).toMatchObject({
      type: 'odt',
      title: 'The river',
      author: 'Jane Doe',
      tags: ['river'],
      metadata: { createdAt: '2025-07-16T09:30:00Z' },
      text: 'It rose[1] & fell.\n\n1. one\n2. two\n\na | b\n\n[1] By a metre.',
    });
  });

  it('is ENCRYPTED_FILE where its manifest says so', async () => {
    const manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>';
    const bytes = await odtOf('<text:p>x</text:p>', { 'META-INF/manifest.xml': manifest });
    await expect(parseFile(bytes, 'a.odt')).rejects.toMatchObject({ code: 'ENCRYPTED_FILE' });
  });

  it('is DAMAGED_FILE where elements stand in one another without end', async () => {
    const bytes = await odtOf('<text:section>'.repeat(100_000));
    await expect(parseFile(bytes, 'a.odt')).rejects.toMatchObject({ code: 'DAMAGED_FILE' });
  });
});

describe('an e-book', () => {
  const chapter = (body: string) => `<html xmlns="x"><head><title/></head><body>${body}</body></html>`;

  it('gives its chapters in the order of reading, with headings, and the fields of its package', async () => {
    const bytes = await epubOf(
      {
        'one.xhtml': chapter('<h1>First part</h1><p><a id="x"/>He said.</p>'),
        'two.xhtml': chapter('<p>She answered.</p>'),
      },
      {
        metadata:
          '<dc:title>The talk</dc:title><dc:creator>A. Writer</dc:creator><dc:creator>B. Writer</dc:creator><dc:language>en</dc:language><dc:date>1901-05-02</dc:date><dc:publisher>House</dc:publisher><dc:subject>Fiction</dc:subject>',
      },
    );
    expect(await only(bytes, 'a.epub')).toMatchObject({
      type: 'epub',
      title: 'The talk',
      author: 'A. Writer, B. Writer',
      language: 'en',
      publishedAt: '1901-05-02',
      source: 'House',
      tags: ['Fiction'],
      text: 'First part\n\nHe said.\n\nSecond part\n\nShe answered.',
      headings: [{ text: 'First part' }, { text: 'Second part' }],
    });
  });

  it('is ENCRYPTED_FILE where every chapter is, and not where only fonts are', async () => {
    const encryption = (algorithm: string) => ({
      'META-INF/encryption.xml': `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/><CipherData><CipherReference URI="OPS/one.xhtml"/></CipherData></EncryptedData></encryption>`,
    });
    const book = (algorithm: string) =>
      epubOf({ 'one.xhtml': chapter('<p>Words.</p>') }, { parts: encryption(algorithm) });
    const locked = await book('http://www.w3.org/2001/04/xmlenc#aes128-cbc');
    await expect(parseFile(locked, 'a.epub')).rejects.toMatchObject({ code: 'ENCRYPTED_FILE' });
    expect(await only(await book('http://www.idpf.org/2008/embedding'), 'a.epub')).toMatchObject({
      text: 'Words.',
    });
  });

  it('lists a chapter that is not there as a failure', async () => {
    const bytes = await epubOf({ 'one.xhtml': chapter('<p>Words.</p>') });
    const broken = Buffer.from(
      bytes.toString('latin1').replaceAll('OPS/one.xhtml', 'OPS/oxe.xhtml'),
      'latin1',
    );
    await expect(parseFile(broken, 'a.epub')).resolves.toMatchObject({
      documents: [],
      failures: [{ item: 'a.epub/OPS/one.xhtml', code: 'DAMAGED_FILE' }],
    });
  });
});

it.each([
  ['xl/workbook.xml', /Excel/],
  ['ppt/presentation.xml', /PowerPoint/],
])('names what an Office file with %s is, and what to do', async (part, message) => {
  const bytes = await zipOf({ '[Content_Types].xml': '<Types/>', [part]: '<x/>' });
  const error = await parseFile(bytes, 'a').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'UNSUPPORTED_TYPE' });
  expect(String(error)).toMatch(message);
});

it.each([
  ['__substg1.0_0037001F', 'UNSUPPORTED_TYPE', /\.eml/],
  ['WordDocument', 'UNSUPPORTED_TYPE', /\.docx/],
  ['EncryptedPackage', 'ENCRYPTED_FILE', /password/],
])('tells an old Office container by its stream %s', async (stream, code, message) => {
  const bytes = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), Buffer.from(stream, 'utf16le')]);
  const error = await parseFile(bytes, 'a.bin').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(String(error)).toMatch(message);
});
