import { MODES } from './answers.js';
import { type PageState, START } from './page-state.js';

/** The fields of the search form, and what it may ask of the page. */
export interface SearchFormOptions {
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** The state that the page shows. */
  current(): PageState;
  /** Called with the state that the reader asks for; `typed` while they may still be typing. */
  ask(state: PageState, options: { typed: boolean }): void;
}

/** The search form, as the page drives it. */
export interface SearchForm {
  /** Sets the fields to a state, unless they say the same already. */
  follow(state: PageState): void;
  /** Empties the box and goes to the start. */
  clear(): void;
}

/** The search box, which asks as the reader types, and the choice of mode. */
export function createSearchForm({ form, input, current, ask }: SearchFormOptions): SearchForm {
  function submit(typed: boolean): void {
    const before = current();
    const query = input.value.trim();
    const chosen = new FormData(form).get('mode');
    const mode = MODES.find((candidate) => candidate === chosen) ?? START.mode;
    const settled = !before.prefix || typed;
    const here = before.view === 'search' && before.document === null && before.like === null;
    const same = here && query === before.query && mode === before.mode && settled;
    const asked = {
      ...before,
      view: START.view,
      query,
      mode,
      page: 1,
      like: null,
      weak: false,
      prefix: typed,
      document: null,
      passage: null,
      sheet: null,
    };
    ask(query === '' ? { ...START, mode } : same ? before : asked, { typed });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(false);
  });
  form.addEventListener('change', (event) => {
    if (event.target !== input) submit(false);
  });
  input.addEventListener('input', (event) => {
    // Half a syllable in an input method editor is not a query yet.
    if (event instanceof InputEvent && event.isComposing) return;
    submit(true);
  });
  input.addEventListener('compositionend', () => submit(true));

  return {
    follow(state) {
      if (input.value.trim() !== state.query) input.value = state.query;
      for (const radio of form.querySelectorAll<HTMLInputElement>('input[name="mode"]')) {
        radio.checked = radio.value === state.mode;
      }
    },
    clear() {
      input.value = '';
      submit(false);
    },
  };
}
