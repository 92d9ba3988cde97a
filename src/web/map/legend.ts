import { element } from '../element.js';
import { counted } from '../wording.js';
import type { Grouping } from './grouping.js';
import { COLOURINGS, type Colouring } from './map-place.js';
import { cssOf, readTheme } from './palette.js';

const NAMES: Record<Colouring, string> = { cluster: 'Subject', source: 'Source', language: 'Language' };

/** What a legend tells. */
export interface LegendOptions {
  choose(colouring: Colouring): void;
  /** One group alone is to be coloured; null for all. */
  pick(group: number | null): void;
}

/** What the colours of the map mean. */
export interface Legend {
  section: HTMLElement;
  show(colouring: Colouring, grouping: Grouping, only: number | null): void;
}

/** The ways to colour the map, and its groups: each a button that shows it alone, and all again. */
export function createLegend({ choose, pick }: LegendOptions): Legend {
  const ways = element('div', { class: 'map-ways', role: 'group', 'aria-label': 'Colour by' });
  const groups = element('ul', { class: 'map-groups', 'aria-label': 'Groups' });
  const section = element('div', { class: 'map-legend' }, ways, groups);

  function show(colouring: Colouring, grouping: Grouping, only: number | null): void {
    const hadFocus = section.contains(document.activeElement) ? document.activeElement : null;
    const name = hadFocus instanceof HTMLElement ? hadFocus.dataset.focus : undefined;
    ways.replaceChildren(
      element('span', { class: 'quiet' }, 'Colour by'),
      ...COLOURINGS.map((way) =>
        button(NAMES[way], `way:${way}`, way === colouring, () => choose(way), 'link'),
      ),
    );
    const theme = readTheme(grouping.named);
    groups.replaceChildren(
      ...grouping.groups.map(({ name: words, documents }, place) => {
        const isOnly = place === only;
        const chip = button(words, `group:${place}`, isOnly, () => pick(isOnly ? null : place), 'map-group');
        const dot = element('span', { class: 'map-dot', 'aria-hidden': 'true' });
        dot.style.background = cssOf(theme.groups[place] ?? theme.faint);
        chip.prepend(dot);
        chip.append(element('span', { class: 'visually-hidden' }, `, ${counted(documents, 'document')}`));
        chip.append(element('span', { class: 'chip-count', 'aria-hidden': 'true' }, String(documents)));
        return element('li', {}, chip);
      }),
    );
    const successors = [...section.querySelectorAll<HTMLElement>('[data-focus]')];
    if (name !== undefined) successors.find(({ dataset }) => dataset.focus === name)?.focus();
  }

  return { section, show };
}

function button(
  words: string,
  name: string,
  isOn: boolean,
  press: () => void,
  kind: string,
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: kind, 'aria-pressed': String(isOn), 'data-focus': name },
    element('span', { class: 'chip-name' }, words),
  );
  made.addEventListener('click', press);
  return made;
}
