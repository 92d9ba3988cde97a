import { codePageOfCharset, decodeCodePage } from './rtf-encodings.js';

const DEFAULT_PAGE = 1252;

/** The code pages of a file and of its fonts. */
export class RtfFonts {
  readonly #pages = new Map<number, number>();
  #documentPage = DEFAULT_PAGE;
  #defaultFont = 0;
  /** The one that the font table is at. */
  #font = 0;

  /** That of the font which text has where nothing is said. */
  get defaultPage(): number | null {
    return this.#pages.get(this.#defaultFont) ?? null;
  }

  /** Takes a control word that may be about fonts and code pages. */
  control(word: string, value: number | null, group: { destination: string; codePage: number | null }): void {
    if (word === 'ansicpg' && value) this.#documentPage = value;
    else if (word === 'mac') this.#documentPage = 10000;
    else if (word === 'deff') this.#defaultFont = value ?? 0;
    else if (word === 'f') {
      this.#font = value ?? 0;
      group.codePage = this.#pages.get(this.#font) ?? null;
    } else if ((word === 'fcharset' || word === 'cpg') && group.destination === 'fonttbl') {
      const page = word === 'cpg' ? value : codePageOfCharset(value ?? 1);
      if (page !== null) this.#pages.set(this.#font, page);
    }
  }

  /** Text of bytes in a font's code page, or in the document's where they are none in that: fonts are often wrong. */
  decode(bytes: Uint8Array, fontPage: number | null): string {
    const text = decodeCodePage(bytes, fontPage ?? this.#documentPage);
    return text.includes('\uFFFD') ? decodeCodePage(bytes, this.#documentPage) : text;
  }
}
