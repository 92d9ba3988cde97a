import type { DocumentFields } from './answers.js';
import { element } from './element.js';
import { factLine, factsOf } from './facts.js';
import { pageHref, START } from './page-state.js';
import { counted, titleOf } from './wording.js';

/** What the start notice tells of the index. */
export interface StartOptions {
  /** How many documents the index holds; null when that is not known. */
  total: number | null;
  /** A few of them, to begin with. */
  examples: DocumentFields[];
}

/** What stands below an empty search box: what can be asked, and of what. */
export function startNotice({ total, examples }: StartOptions): HTMLElement {
  if (total === 0) return emptyNotice();
  return element(
    'div',
    { class: 'notice start' },
    element('h1', {}, 'Ask in your own words'),
    element(
      'p',
      {},
      total === null ? 'Akin' : `Akin has read ${counted(total, 'document')} and`,
      ' finds the paragraphs that answer, even where they use other words than you do. Nothing you type leaves this server.',
    ),
    element(
      'p',
      { class: 'hint' },
      'Write a question, as in ',
      element('q', {}, 'who pays for the new hospital?'),
      ', or only a few words. “Keyword” looks for the very words, “semantic” for the meaning, “hybrid” for both.',
    ),
    ...(examples.length === 0 ? [] : exampleList(examples)),
  );
}

function exampleList(examples: DocumentFields[]): HTMLElement[] {
  const entries = examples.map((example) =>
    element(
      'li',
      {},
      element(
        'a',
        { href: pageHref({ ...START, document: example.id }), lang: example.language },
        titleOf(example),
      ),
      factLine(...factsOf(example)),
    ),
  );
  return [
    element('h2', { class: 'small-heading' }, 'Or start with a document'),
    element('ul', { class: 'examples' }, ...entries),
  ];
}

function emptyNotice(): HTMLElement {
  return element(
    'div',
    { class: 'notice start' },
    element('h1', {}, 'There is nothing to search yet'),
    element('p', {}, 'The index is empty. Bring a folder of documents in, from the folder where Akin is:'),
    element('pre', {}, element('code', {}, 'npx akin ingest path/to/documents')),
    element('p', {}, 'They can be searched as they come in.'),
  );
}
