import { describe, expect, it } from 'vitest';
import { parseHtml, parseHtmlStories } from '../../src/documents/parsers/html.js';
import { at, linesIn } from './pdf-page.js';

const words = 'The lake stood at four metres, and two streets are closed. ';

// Where time grows with the square of such a page, it is minutes.
describe('a page is read within the time of a test', () => {
  it.each([
    [
      'nested boxes that all claim the story',
      `${'<div class="article-body">'.repeat(600)}<p>${words.repeat(500)}</p>`,
    ],
    ['nested boxes for sharing', `${'<div class="share">'.repeat(600)}<p>${words.repeat(4000)}</p>`],
    ['captions in one figure', `<figure>${`<figcaption>${words}</figcaption>`.repeat(4000)}</figure>`],
    ['labels without lists', `<div>${'<p>Related</p><i></i>'.repeat(4000)}</div>`],
    ['spans side by side', `<div>${`<span class="date">${words}</span>`.repeat(4000)}</div>`],
    [
      'a label around a long script',
      `${'<div>'.repeat(300)}<p>Related</p><script>${'x '.repeat(100_000)}</script>`,
    ],
  ])('of %s', (_, source) => {
    expect(parseHtmlStories(source)).toHaveLength(1);
  });

  it('that is very deep', () => {
    const deep = parseHtml(`${'<div>'.repeat(20_000)}words${'</div>'.repeat(20_000)}`);
    expect(deep.text).toBe('words');
    const nested = parseHtml(`${'<ul><li>'.repeat(5_000)}words${'</li></ul>'.repeat(5_000)}`);
    expect(nested.text).toContain('words');
  });

  it('that is very long', () => {
    const wide = parseHtml(`<!doctype html><html><body>${'<p>word</p>'.repeat(50_000)}</body></html>`);
    expect(wide.text.length).toBe(50_000 * 6 - 2);
  });

  it('with very many paragraphs in one item of a list', () => {
    const { text } = parseHtml(`<ul><li>${'<p>word</p>'.repeat(150_000)}</li></ul>`);
    expect(text.split('\n')).toHaveLength(150_000);
  });

  it('of a PDF with very many pieces of text', () => {
    const scattered = Array.from({ length: 40_000 }, (_, i) =>
      at((i * 7919) % 590, (i * 104_729) % 790, `w${i}`, { size: 3 }),
    );
    expect(linesIn(scattered).length).toBeGreaterThan(0);
  });
});
