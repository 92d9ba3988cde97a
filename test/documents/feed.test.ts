import { expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';

const parse = (text: string, name = 'feed.xml') => parseFile(Buffer.from(text), name);

it('gives a document for each entry of an RSS feed, with its fullest text', async () => {
  const { type, documents } = await parse(`<?xml version="1.0"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>The Gazette</title><language>en-gb</language>
    <item><title>River &amp;amp; town</title><link>https://e.org/1</link><pubDate>Wed, 16 Jul 2025 09:30:00 GMT</pubDate>
      <description>Short.</description><content:encoded><![CDATA[<h2>Up</h2><p>It rose &amp; fell.</p><script>x()</script>]]></content:encoded>
      <dc:creator>Jane Doe</dc:creator><category>Water</category></item>
    <item><title>Only a headline</title><author>jane@e.org (Jane Doe)</author></item>
    </channel></rss>`);
  expect(type).toBe('feed');
  expect(documents).toMatchObject([
    {
      title: 'River & town',
      url: 'https://e.org/1',
      source: 'The Gazette',
      author: 'Jane Doe',
      language: 'en-GB',
      publishedAt: '2025-07-16T09:30:00Z',
      tags: ['Water'],
      text: 'Up\n\nIt rose & fell.',
      headings: [{ text: 'Up' }],
    },
    { title: 'Only a headline', text: 'Only a headline', author: 'Jane Doe' },
  ]);
});

it('gives a document for each entry of an Atom or RDF feed', async () => {
  const atom = await parse(
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>One</title><link href="https://e.org/2"/><link rel="edit" href="https://e.org/x"/><updated>2025-01-01T00:00:00Z</updated><author><name>J</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi <b>there</b></p></div></content></entry></feed>',
    'saved',
  );
  expect(atom.documents).toMatchObject([
    { title: 'One', url: 'https://e.org/2', source: 'T', author: 'J', text: 'Hi there' },
  ]);
  const rdf = await parse(
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>c</title></channel><item><title>i</title><description>Words.</description></item></rdf:RDF>',
  );
  expect(rdf.documents).toMatchObject([{ title: 'i', text: 'Words.', source: 'c' }]);
});

it('is read in the encoding that it declares', async () => {
  const source =
    '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><item><title>Zürich</title></item></channel></rss>';
  const { documents } = await parseFile(Buffer.from(source, 'latin1'), 'feed.xml');
  expect(documents).toMatchObject([{ title: 'Zürich' }]);
});

it('never expands or fetches an entity', async () => {
  const bomb = Array.from({ length: 20 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const doctype = `<!DOCTYPE rss [<!ENTITY l0 "EXPANDED"><!ENTITY f SYSTEM "file:///etc/passwd">${bomb}]>`;
  const item = '<item><title>A</title><description>x &l20; &f; y</description></item>';
  for (const source of [
    `${doctype}<rss version="2.0"><channel>${item}</channel></rss>`,
    `<?xml version="1.0"?>${doctype}<report><p>x &l20; &f; y</p></report>`,
  ]) {
    const { documents } = await parse(source);
    expect(documents).toHaveLength(1);
    expect(documents[0]?.text).not.toMatch(/EXPANDED|root:/);
    expect(documents[0]?.text).toMatch(/^x .* y$/);
  }
});

it('gives the text of any other XML, an element a paragraph, and refuses a drawing', async () => {
  const { type, documents } = await parse(
    '<?xml version="1.0"?><nitf><head><title>River</title></head><body><p>It <em>rose</em>.</p><p>It fell.</p></body></nitf>',
  );
  expect(type).toBe('xml');
  expect(documents).toMatchObject([{ title: 'River', text: 'It rose.\n\nIt fell.' }]);
  await expect(parse('<?xml version="1.0"?><svg><text>x</text></svg>')).rejects.toMatchObject({
    code: 'UNSUPPORTED_TYPE',
  });
});
