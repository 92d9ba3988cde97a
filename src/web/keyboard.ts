/** What the keys act on. */
export interface KeyboardOptions {
  input: HTMLInputElement;
  /** The links that the arrows move through, in order. */
  stops(): HTMLElement[];
  /** Whether a document is open. */
  documentOpen(): boolean;
  back(): void;
  clear(): void;
}

/** The page's keys: `/` to the search box, arrows through the hits, Escape back or clear. Enter is the browser's own. */
export function listenToKeyboard({ input, stops, documentOpen, back, clear }: KeyboardOptions): void {
  function focusInput(): boolean {
    input.focus();
    input.select();
    return true;
  }

  function move(step: 1 | -1): boolean {
    const all = stops();
    const held = document.activeElement;
    const nearest = held?.closest('li')?.querySelector<HTMLElement>('.hit-title') ?? null;
    const position = nearest === null ? -1 : all.indexOf(nearest);
    // Anywhere else the arrows scroll, as a reader expects of them.
    if (position === -1 && !(held === input && step === 1)) return false;
    const next = all[position + step];
    if (next !== undefined && position + step >= 0) next.focus();
    else if (step === -1 && position === 0) focusInput();
    else return false;
    return true;
  }

  function leave(): boolean {
    if (documentOpen()) back();
    else if (document.activeElement === input) clear();
    else focusInput();
    return true;
  }

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target instanceof HTMLInputElement ? event.target.type : null;
    const choosing = field === 'radio';
    const writing = field !== null && !choosing;
    const handled =
      (event.key === '/' && !writing && focusInput()) ||
      (event.key === 'Escape' && leave()) ||
      (event.key === 'ArrowDown' && !choosing && move(1)) ||
      (event.key === 'ArrowUp' && !choosing && move(-1));
    if (handled) event.preventDefault();
  });
}
