import { element } from '../element.js';
import type { PageState } from '../page-state.js';
import { needStyleSheet } from '../style-sheet.js';
import type { View, ViewOptions } from '../views.js';
import { counted } from '../wording.js';
import { type DrawnMap, getMap } from './drawn-map.js';
import { type Grouping, groupBy } from './grouping.js';
import { inViewList } from './in-view-list.js';
import { createLegend } from './legend.js';
import { fillHint } from './map-hint.js';
import { createMapPicture } from './map-picture.js';
import { type Colouring, type MapPlace, readMapPlace, withMapPlace } from './map-place.js';
import { zoomButtons } from './zoom-buttons.js';

/** How long the camera rests before the list and the address follow it. */
const SETTLES_MS = 200;

/** All documents as points, those about similar things near each other. `section.dataset.state` is drawing, map or empty. */
export function createMapView({ section, go, refresh }: ViewOptions): View {
  let shown: { setPlace(place: MapPlace): void } | null = null;
  const leaving = new AbortController();

  async function show(state: PageState, signal: AbortSignal): Promise<void> {
    document.title = 'Map – Akin';
    if (shown) {
      shown.setPlace(readMapPlace(location.search));
      return;
    }
    const bar = element('progress', { max: '1', value: '0', 'aria-label': 'How much of the map is drawn' });
    section.replaceChildren(element('h1', {}, 'Map'), element('p', { role: 'status' }, 'Reading the map …'));
    const [map] = await Promise.all([
      getMap(signal, (done) => {
        if (section.dataset.state !== 'drawing') {
          section.dataset.state = 'drawing';
          section.replaceChildren(...drawingNotice(bar));
        }
        bar.value = done;
      }),
      needStyleSheet('map/map.css'),
    ]);
    signal.throwIfAborted();
    if (map.documents.id.length === 0) showEmpty();
    else shown = showMap(map, state);
  }

  function drawAnew(): void {
    shown = null;
    refresh();
  }

  function showEmpty(): void {
    section.dataset.state = 'empty';
    section.replaceChildren(
      element('h1', {}, 'Map'),
      element('p', {}, 'There are no documents yet. ', element('a', { href: '?view=add' }, 'Add some')),
    );
  }

  function showMap(map: DrawnMap, state: PageState): { setPlace(place: MapPlace): void } {
    let { camera, colouring } = readMapPlace(location.search);
    let grouping: Grouping = groupBy(colouring, map);
    let only: number | null = null;
    let settling = 0;
    const list = element('div', { class: 'map-in-view' });
    const hint = element('div', { class: 'map-hint', hidden: true });
    const picture = createMapPicture({
      map,
      moved(next) {
        camera = next;
        hint.hidden = true;
        window.clearTimeout(settling);
        settling = window.setTimeout(settle, SETTLES_MS);
      },
      hovered(place, at) {
        hint.hidden = place === null;
        if (place !== null) fillHint(hint, place, map, at, picture);
      },
      opened: (place) => go({ ...state, document: map.documents.id[place] ?? null, passage: null }),
    });
    picture.canvas.setAttribute('aria-label', `Map of ${counted(map.documents.id.length, 'document')}`);
    picture.canvas.setAttribute('aria-description', 'Arrow keys move, plus and minus zoom, 0 shows all.');
    const legend = createLegend({
      choose: (way) => recolour(way, null),
      pick: (group) => recolour(colouring, group),
    });

    function recolour(way: Colouring, group: number | null): void {
      if (way !== colouring) grouping = groupBy(way, map);
      colouring = way;
      only = group;
      paint();
      settle();
    }

    function paint(): void {
      picture.colour(grouping, only);
      legend.show(colouring, grouping, only);
    }

    function settle(): void {
      if (!picture.canvas.isConnected || leaving.signal.aborted) return;
      list.replaceChildren(...inViewList(picture.inView(), map, camera, state));
      history.replaceState(history.state, '', withMapPlace(location.search, { camera, colouring }));
    }

    const frame = element(
      'div',
      { class: 'map-frame' },
      picture.canvas,
      zoomButtons(picture, () => camera),
      hint,
    );
    section.dataset.state = 'map';
    section.replaceChildren(
      element('h1', { class: 'visually-hidden' }, 'Map'),
      element('p', { class: 'quiet map-line' }, ...summary(map, drawAnew)),
      frame,
      legend.section,
      list,
    );
    new ResizeObserver(picture.refresh).observe(picture.canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener(
      'change',
      () => {
        picture.refresh();
        paint();
      },
      { signal: leaving.signal },
    );
    picture.setCamera(camera);
    paint();
    return {
      setPlace(place) {
        recolour(place.colouring, only);
        picture.setCamera(place.camera);
      },
    };
  }

  return { show, leave: () => leaving.abort() };
}

function drawingNotice(bar: HTMLProgressElement): HTMLElement[] {
  return [
    element('h1', {}, 'The map is being drawn'),
    element(
      'p',
      {},
      'Documents about similar things come to lie near each other. It takes seconds to some minutes.',
    ),
    element('p', {}, bar),
  ];
}

function summary(map: DrawnMap, lookAgain: () => void): (string | HTMLElement)[] {
  const line = `${counted(map.documents.id.length, 'document')}; those about similar things lie near each other.`;
  if (!map.isBehind && map.missing === 0) return [line];
  const again = element('button', { type: 'button', class: 'link' }, 'Look again');
  again.addEventListener('click', lookAgain);
  const behind =
    map.missing > 0 ? `${counted(map.missing, 'document')} not on it yet` : 'some have changed since';
  return [`${line} It is being drawn anew: ${behind}. `, again];
}
