import { loadPeer } from './install.js';

interface Index {
  add(document: { id: number; title: string; text: string }): void;
  search(query: string, options: object): { id: number; score: number }[];
}

type IndexClass = new (options: object) => Index;

/** MiniSearch over texts whose words are terms already, so that it splits at spaces alone. */
export class MiniSearchIndex {
  readonly #index: Index;

  private constructor(index: Index) {
    this.#index = index;
  }

  static async empty(): Promise<MiniSearchIndex> {
    const { default: MiniSearch } = await loadPeer<{ default: IndexClass }>('minisearch');
    const tokenize = (text: string): string[] => text.split(' ');
    const processTerm = (term: string): string => term;
    return new MiniSearchIndex(new MiniSearch({ fields: ['title', 'text'], tokenize, processTerm }));
  }

  add(id: number, title: string[], text: string[]): void {
    this.#index.add({ id, title: title.join(' '), text: text.join(' ') });
  }

  search(terms: string[], limit: number): number[] {
    const found = this.#index.search(terms.join(' '), { combineWith: 'OR', boost: { title: 2 } });
    return found.slice(0, limit).map(({ id }) => id);
  }
}
