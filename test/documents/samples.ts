import { gzipSync } from 'node:zlib';
import { docxOf, epubOf, odtOf, wordParagraph, zipOf } from './archives.js';

const RTF = `{\\rtf1\\ansi\\ansicpg1250{\\fonttbl{\\f0\\fcharset238 A;}}{\\stylesheet{\\s1 heading 1;}}{\\info{\\title T}{\\creatim\\yr2025\\mo7\\dy1}}
\\pard\\s1 Head\\par\\pard zaz\\'f3\\u322?\\par\\trowd\\pard\\intbl a\\cell b\\cell\\row\\pard x{\\footnote note}\\par}`;
const EML = `From: Jane <j@example.org>\r\nSubject: Hi\r\nMIME-Version: 1.0\r\nDate: Wed, 16 Jul 2025 09:30:00 GMT\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello.\r\n\r\n> Quoted.\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('Attached words.').toString('base64')}\r\n--b--\r\n`;
const FEED =
  '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>One</title><description>&lt;p&gt;Words.&lt;/p&gt;</description></item><item><title>Two</title></item></channel></rss>';

/** A small good file of each format that is more than plain text, by its name. */
export async function sampleFiles(): Promise<Record<string, Buffer>> {
  return {
    'a.docx': await docxOf(
      `${wordParagraph('Head', '<w:pStyle w:val="Heading1"/>')}${wordParagraph('Some words.')}<w:tbl><w:tr><w:tc>${wordParagraph('cell')}</w:tc></w:tr></w:tbl>`,
    ),
    'a.odt': await odtOf(
      '<text:h text:outline-level="1">Head</text:h><text:p>Some words.</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>',
    ),
    'a.epub': await epubOf({
      'one.xhtml': '<html><body><h1>One</h1><p>Words.</p></body></html>',
      'two.xhtml': '<html><body><p>More words.</p></body></html>',
    }),
    'a.zip': await zipOf({
      'a.txt': 'Words.',
      'b/c.csv': 'title,text\na,b\n',
      'd.zip': await zipOf({ e: 'In.' }),
    }),
    'a.txt.gz': gzipSync('Some packed words.'),
    'a.rtf': Buffer.from(RTF, 'latin1'),
    'a.eml': Buffer.from(EML),
    'a.mbox': Buffer.from(`From j@example.org Wed Jul 16 09:30:00 2025\r\n${EML}`.repeat(2)),
    'a.csv': Buffer.from('title;text;date\n"a;b";"first\nstory";2025-07-16\nc;second;\n'),
    'list.csv': Buffer.from('Town,People\nVarn,4\nOst,5\n'),
    'feed.xml': Buffer.from(FEED),
    'a.srt': Buffer.from(
      '1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:01:01,000 --> 00:01:02,000\nTwo.\n',
    ),
    'a.vtt': Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane>One.</v>\n'),
    'a.xml': Buffer.from(
      '<?xml version="1.0"?><doc><title>T</title><p>Some <b>words</b>.</p><p>More.</p></doc>',
    ),
  };
}
