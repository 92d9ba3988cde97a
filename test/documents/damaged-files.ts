import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { shareWindow, splitIntoPassages } from '../../src/documents/split.js';
import { AkinError } from '../../src/errors.js';
import type { ParsedDocument } from '../../src/types.js';
import { docxOf, epubOf, odtOf } from './archives.js';
import { sampleFiles } from './samples.js';

/** Any file gives documents with sound marks, or says why not; nobody is asked to report it. */
async function expectForeseen(bytes: Uint8Array, name: string): Promise<ParsedDocument[]> {
  try {
    const { documents, failures } = await parseFile(bytes, name);
    for (const { code, detail } of failures) expect(code, detail).not.toMatch(/PARSE_FAILED|INTERNAL/);
    for (const { text, headings, pages } of documents) {
      expect(text).toBe(text.trim());
      for (const { offset, text: heading } of headings)
        expect(text.slice(offset, offset + heading.length)).toBe(heading);
      expect(pages.every(({ offset }) => offset <= text.length)).toBe(true);
    }
    return documents;
  } catch (error) {
    if (!(error instanceof AkinError)) throw error;
    expect(error.code, String(error.cause)).not.toMatch(/PARSE_FAILED|INTERNAL/);
    return [];
  }
}

const names = [
  'a.docx',
  'a.odt',
  'a.epub',
  'a.zip',
  'a.txt.gz',
  'a.rtf',
  'a.eml',
  'a.mbox',
  'a.csv',
  'list.csv',
  'feed.xml',
  'a.srt',
  'a.vtt',
  'a.xml',
];

/**
 * What parseFile makes of files that are cut off, or in which other bytes stand.
 * @param cuts at how many places each is cut off @param runs how often each is changed at random
 */
export function describeDamagedFiles({ cuts, runs }: { cuts: number; runs: number }): void {
  let samples: Record<string, Buffer>;
  beforeAll(async () => {
    samples = await sampleFiles();
  });

  describe.each(names)('%s', (name) => {
    const sample = (): Buffer => samples[name] ?? Buffer.alloc(0);

    it('gives its documents, cut into passages without a word lost', async () => {
      const documents = await expectForeseen(sample(), name);
      expect(documents.length).toBeGreaterThan(0);
      const countTokens = (text: string) => Math.ceil(text.length / 4);
      const budget = { ...shareWindow(64), target: 8 };
      for (const { text, headings, pages } of documents) {
        const passages = splitIntoPassages({ text, headings, pages, countTokens, budget });
        let end = 0;
        for (const passage of passages) {
          expect(text.slice(passage.start, passage.end)).toBe(passage.text);
          expect(text.slice(end, passage.start).trim()).toBe('');
          end = passage.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }
    });

    it('says what is wrong wherever it is cut off', async () => {
      const bytes = sample();
      const step = Math.max(1, Math.floor(bytes.length / cuts));
      for (let length = 0; length < bytes.length; length += step) {
        await expectForeseen(bytes.subarray(0, length), name);
      }
    });

    it('says what is wrong wherever bytes are others', async () => {
      const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255));
      await fc.assert(
        fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), async (flips) => {
          const bytes = Buffer.from(sample());
          for (const [share, value] of flips) bytes[Math.floor(share * (bytes.length - 1))] = value;
          await expectForeseen(bytes, name);
        }),
        { numRuns: runs },
      );
    });

    it('says what is wrong where only its beginning is what it should be', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(40), async (random, kept) => {
          await expectForeseen(Buffer.concat([sample().subarray(0, kept), random]), name);
        }),
        { numRuns: runs },
      );
    });
  });

  /** What holds the archive together is sound here, so that the parsers get to see what is not. */
  it.each([
    [
      'a.docx',
      docxOf,
      '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>',
    ],
    [
      'a.odt',
      odtOf,
      '<text:h text:outline-level="1">Head</text:h><text:list><text:list-item><text:p>a<text:note><text:note-body/></text:note></text:p></text:list-item></text:list>',
    ],
    [
      'a.epub',
      (body: string) => epubOf({ 'one.xhtml': body }),
      '<html><body><h1>One</h1><p>Words.<br/></p></body></html>',
    ],
  ] as const)('says what is wrong in the XML of %s', async (name, fileOf, body) => {
    const edit = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('<', '>', '/', '&', '"', '', '<!--', ']]>', '<![CDATA['),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let broken: string = body;
        for (const [share, piece] of edits) {
          const at = Math.floor(share * broken.length);
          broken = broken.slice(0, at) + piece + broken.slice(at + 1);
        }
        await expectForeseen(await fileOf(broken), name);
      }),
      { numRuns: runs },
    );
  });
}
