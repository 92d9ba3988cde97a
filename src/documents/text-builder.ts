import type { HeadingMark, ParsedDocument } from '../types.js';

/** A paragraph of a text; a heading is marked as one. */
export interface Paragraph {
  text: string;
  isHeading: boolean;
}

/** Puts a document's text together from its paragraphs, and remembers where its headings stand. */
export class TextBuilder {
  readonly #paragraphs: string[] = [];
  readonly #headings: HeadingMark[] = [];
  #length = 0;

  /** Adds a paragraph (its lines parted by `\n`); a blank one is nothing. */
  paragraph(text: string): this {
    this.#add(text);
    return this;
  }

  /** Adds a paragraph that is a heading. */
  heading(text: string): this {
    const { offset, added } = this.#add(text.replace(/\s+/g, ' '));
    if (added !== '') this.#headings.push({ offset, text: added });
    return this;
  }

  build(): Pick<ParsedDocument, 'text' | 'headings'> {
    return { text: this.#paragraphs.join('\n\n'), headings: this.#headings };
  }

  #add(text: string): { offset: number; added: string } {
    const added = trimLines(text);
    const offset = this.#paragraphs.length === 0 ? 0 : this.#length + 2;
    if (added !== '') {
      this.#paragraphs.push(added);
      this.#length = offset + added.length;
    }
    return { offset, added };
  }
}

function trimLines(text: string): string {
  return text
    .replace(/[^\S\n]+$/gm, '')
    .replace(/^\n+/, '')
    .trim();
}
