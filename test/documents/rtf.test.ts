import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRtf } from '../../src/documents/parsers/rtf.js';

const rtf = (body: string) => parseRtf(Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\deff0 ${body}}`, 'latin1'));

it('reads letters in the code page of their font, and in Unicode without what stands in for them', () => {
  const fonts = '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}';
  expect(rtf(`${fonts}caf\\'e9 {\\f1\\'cf\\'f0} {\\f2\\'93\\'8c\\'83A}`).text).toBe('café Пр 東ア');
  expect(rtf("\\u8364?5 {\\uc2\\u8364\\'80\\'80}6 \\u-10187?\\u-8949?\\par").text).toBe('€5 €6 𝔋');
  expect(rtf('a\\u8217\\par b').text).toBe('a’\n\nb');
});

it('gives paragraphs, headings, tables, links and notes', () => {
  const { text, headings, title, author, metadata, tags } = rtf(
    `{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}{\\info{\\title Floods}{\\author Jane Doe}{\\keywords river, flood}{\\creatim\\yr2025\\mo7\\dy16\\hr9\\min30}}
\\pard\\s1 The river\\par\\pard It rose{\\super\\chftn{\\footnote\\chftn By a metre.}}.\\par
\\trowd\\pard\\intbl a\\cell b\\par c\\cell\\row\\trowd\\pard\\intbl d\\cell e\\cell\\row\\pard
{\\field{\\*\\fldinst HYPERLINK "http://e.org"}{\\fldrslt the site}}{\\pict\\bin3 }}}}\\par{\\header page 1}{\\*\\unknown secret}{\\v hidden} end`,
  );
  expect(text).toBe('The river\n\nIt rose[1].\n\na | b c\nd | e\n\nthe site\n\nend\n\n[1] By a metre.');
  expect(headings).toEqual([{ offset: 0, text: 'The river' }]);
  expect({ title, author, tags, metadata }).toEqual({
    title: 'Floods',
    author: 'Jane Doe',
    tags: ['river', 'flood'],
    metadata: { createdAt: '2025-07-16T09:30:00Z' },
  });
});

it('reads a source of any tokens, in bounded time', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '\\',
    "\\'",
    "\\'e9",
    '\\u',
    '\\u-1',
    '\\par',
    '\\cell',
    '\\nestcell',
    '\\row',
    '\\nestrow',
    '\\intbl',
    '\\pard',
    '\\footnote',
    '\\info',
    '\\title',
    '\\creatim',
    '\\yr99',
    '\\*',
    '\\bin9',
    '\\uc3',
    '\\fonttbl',
    '\\f1',
    '\\fcharset128',
    '\\stylesheet',
    '\\s1',
    '\\constructor',
    ' ',
    'words',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
      const { text } = rtf(tokens.join(''));
      expect(text).toBe(text.trim());
    }),
    { numRuns: 200 },
  );
  expect(() => rtf('{'.repeat(5_000_000))).toThrow(/without end/);
  expect(rtf('\\bin2000000000 x').text).toBe('');
  expect(rtf('x\n'.repeat(200_000)).text.length).toBe(200_000);
});
