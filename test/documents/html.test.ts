import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../src/documents/parsers/html.js';

const paragraph =
  'The lake stood at four metres on Wednesday morning, and two streets in the old town are closed to traffic, the mayor said.';
const page = (head: string, body: string) =>
  `<!doctype html><html lang="en-gb"><head>${head}</head><body>${body}</body></html>`;
const article = (inner: string) =>
  `<nav><a href="/">Home</a> <a href="/w">World</a></nav><main><article>${inner}</article></main><footer>Imprint and contact</footer>`;

describe('parseHtml', () => {
  it('keeps the main text, in paragraphs with headings marked, and none of the site', () => {
    const { text, headings, title } = parseHtml(
      page(
        '<title>Lake rises | Gazette</title><meta property="og:site_name" content="Gazette">',
        article(
          `<h1>Lake rises</h1><p>${paragraph}</p><h2>What now?</h2><p>One<br>two</p><p>${paragraph}</p><p>${paragraph}</p>`,
        ),
      ),
    );
    expect(title).toBe('Lake rises');
    expect(text).toBe(`${paragraph}\n\nWhat now?\n\nOne\ntwo\n\n${paragraph}\n\n${paragraph}`);
    expect(headings).toEqual([{ offset: text.indexOf('What now?'), text: 'What now?' }]);
  });

  it('writes lists as lines, tables as rows and keeps preformatted text', () => {
    const { text } = parseHtml(
      `<p>A:</p><ol><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ol><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><pre>if (a) {\n  b();\n}</pre>`,
    );
    expect(text).toBe('A:\n\n1. one\n  - inner\n2. two\n\na | b\n1 | 2\n\nif (a) {\n  b();\n}');
  });

  it('believes JSON-LD first, also within a graph and behind references', () => {
    const linked = {
      '@graph': [
        { '@type': 'Organization', '@id': '#org', name: 'Gazette' },
        { '@type': 'Person', '@id': '#jane', name: 'Jane Doe' },
        {
          '@type': ['NewsArticle'],
          headline: 'Lake &amp; town',
          author: [{ '@id': '#jane' }, { '@type': 'Person', name: 'John Roe' }],
          publisher: { '@id': '#org' },
          datePublished: '2025-07-16T09:30:00+08:00',
          mainEntityOfPage: 'https://example.org/lake',
          inLanguage: 'en',
          keywords: 'lake, flood',
        },
      ],
    };
    const head = `<title>Other</title><meta property="og:title" content="Other"><script type="application/ld+json">${JSON.stringify(linked)}</script>`;
    expect(parseHtml(page(head, `<p>${paragraph}</p>`))).toMatchObject({
      title: 'Lake & town',
      author: 'Jane Doe, John Roe',
      source: 'Gazette',
      publishedAt: '2025-07-16T09:30:00+08:00',
      url: 'https://example.org/lake',
      language: 'en-GB',
      tags: ['lake', 'flood'],
    });
  });

  it('reads meta tags where there is no JSON-LD that can be read', () => {
    const head = `<script type="application/ld+json">{ broken</script>
      <meta property="og:title" content="Lake rises - The Gazette"><meta property="og:site_name" content="TheGazette">
      <meta name="author" content="Jane Doe"><meta property="article:published_time" content="2025-07-16">
      <link rel="canonical" href="https://example.org/lake"><meta property="article:tag" content="lake"><meta property="article:tag" content="flood">
      <meta name="description" content="In short.">`;
    expect(parseHtml(page(head, `<p>${paragraph}</p>`))).toMatchObject({
      title: 'Lake rises',
      author: 'Jane Doe',
      source: 'TheGazette',
      publishedAt: '2025-07-16',
      url: 'https://example.org/lake',
      tags: ['lake', 'flood'],
      metadata: { description: 'In short.' },
    });
  });

  it('takes the date of a time element and the author of a rel link', () => {
    const body = `<a rel="author" href="/jane">By Jane Doe</a><time datetime="2025-07-16">yesterday</time><p>${paragraph}</p>`;
    expect(parseHtml(page('', body))).toMatchObject({ author: 'Jane Doe', publishedAt: '2025-07-16' });
  });

  it('takes the one date that a page prints, and none where it prints several', () => {
    const dated = (...dates: string[]) =>
      parseHtml(
        page(
          '',
          `${dates.map((date) => `<div class="post-date">${date}</div>`).join('')}<p>${paragraph}</p>`,
        ),
      );
    expect(dated('Published: 16 July 2025', '16 July 2025').publishedAt).toBe('2025-07-16');
    expect(dated('16 July 2025', '3 May 2024').publishedAt).toBeNull();
  });

  it('reads the text of a page that scripts fill in from its JSON-LD, but not a shorter summary', () => {
    const linked = (articleBody: string) =>
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody })}</script>`;
    expect(parseHtml(page(linked(`One.\n${paragraph}`), '<div id="root"></div>')).text).toBe(
      `One.\n\n${paragraph}`,
    );
    expect(parseHtml(page(linked('In short.'), `<p>${paragraph}</p>`)).text).toBe(paragraph);
  });

  it('takes the story under the title of a page on which others follow', () => {
    const story = (title: string) =>
      `<article><h1>${title}</h1>${`<p>${title}. ${paragraph}</p>`.repeat(4)}</article>`;
    const body = `${story('Lake rises again')}${story('A cat came back')}${story('Rain ends')}`;
    const { text } = parseHtml(page('<meta property="og:title" content="Lake rises again">', body));
    expect(text).toContain('Lake rises again. The lake');
    expect(text).not.toContain('A cat');
  });

  it('keeps all posts of a thread, of which only the thread has a title', () => {
    const posts = ['Who knows the lake?', 'I do.', 'So do I.'].map(
      (words) =>
        `<article><p>${words} ${paragraph}</p><p>${words} ${paragraph}</p><p>${paragraph}</p></article>`,
    );
    const head = '<meta property="og:title" content="The lake and its marks">';
    const { text } = parseHtml(page(head, `<main><h1>The lake and its marks</h1>${posts.join('')}</main>`));
    for (const words of ['Who knows', 'I do.', 'So do I.']) expect(text).toContain(words);
  });

  it('falls back to the body where there is no article', () => {
    expect(parseHtml(page('', '<nav>Menu</nav><div>Short note.</div><script>x()</script>')).text).toBe(
      'Short note.',
    );
    expect(parseHtml('just words').text).toBe('just words');
    expect(parseHtml('<p>a fragment</p>').text).toBe('a fragment');
  });

  it.each([
    '<table><tr><td><body><table><tr><td><p>words',
    '<table><tr><td><title></title><body><table><tr><td>words',
    '<html><body><p>first</p></body><div><p>words</p></div></html>',
    '<html><p>words</p><body></body></html>',
    '<html><head><p>words',
    '</html><table><tr><td>words',
  ])('reads what stands outside of its place: %s', (source) => {
    expect(parseHtml(source).text).toContain('words');
  });

  it('reads a page whose title swallows the rest of it', () => {
    const { text, title } = parseHtml('<table><tr><td><body><title><table><tr><td><p>words');
    expect([text, title]).toEqual(['', expect.stringContaining('words')]);
  });

  it('makes a document of any markup, with its marks in the text', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<h2>',
      'a b',
      '</h2>',
      '<ul>',
      '<li>',
      '<table><tr><td>',
      '</table>',
      '<br>',
      '<!--',
      '-->',
      '<html>',
      '<body>',
      '<pre>',
      '&amp;',
      '<script>',
      '</script>',
      '<',
      '<title>',
      '</title>',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
          fc.string(),
        ),
        (source) => {
          const { text, headings } = parseHtml(source);
          expect(text).toBe(text.trim());
          for (const heading of headings)
            expect(text.slice(heading.offset, heading.offset + heading.text.length)).toBe(heading.text);
        },
      ),
      { numRuns: 60 },
    );
  });
});
