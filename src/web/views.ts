import { element } from './element.js';
import { failureNotice } from './failure-notice.js';
import type { Navigation } from './navigation.js';
import type { PageState, ViewName } from './page-state.js';

/** What a view fills, and what it may ask of the page. */
export interface ViewOptions {
  /** `section.dataset.state` is for the view to say what is shown. */
  section: HTMLElement;
  go: Navigation['go'];
  /** Shows the current state again. */
  refresh(): void;
}

/** A view beside the search, as the page drives it. */
export interface View {
  /** Shows a state. Called again for each that follows while the view stays. Throws what the reader shall be told. */
  show(state: PageState, signal: AbortSignal): Promise<void>;
  /** Ends what goes on by itself: the view is no longer shown. */
  leave?(): void;
}

/** Makes a view in an empty section. */
export type CreateView = (options: ViewOptions) => View;

type OtherView = Exclude<ViewName, 'search'>;

/** Where each view is; loaded when it is first shown, so that the search waits for none of them. */
const LOADERS: Record<OtherView, () => Promise<CreateView>> = {
  add: async () => (await import('./add/add-view.js')).createAddView,
  map: async () => (await import('./map/map-view.js')).createMapView,
  status: async () => (await import('./status/status-view.js')).createStatusView,
  stories: async () => (await import('./stories-view.js')).createStoriesView,
};

/** The views beside the search, of which one is shown at a time. */
export interface Views {
  show(state: PageState & { view: OtherView }, signal: AbortSignal): Promise<void>;
  leave(): void;
}

/** The views beside the search, all in one section. */
export function createViews(options: ViewOptions): Views {
  const { section, refresh } = options;
  let shown: { name: OtherView; view: View } | null = null;

  function leave(): void {
    shown?.view.leave?.();
    shown = null;
  }

  async function show(state: PageState & { view: OtherView }, signal: AbortSignal): Promise<void> {
    try {
      if (shown?.name !== state.view) await change(state.view, signal);
      await shown?.view.show(state, signal);
    } catch (failure) {
      if (signal.aborted) return;
      leave();
      section.dataset.state = 'failure';
      section.replaceChildren(failureNotice(failure, { retry: refresh, signal }));
    }
  }

  async function change(name: OtherView, signal: AbortSignal): Promise<void> {
    leave();
    delete section.dataset.state;
    section.replaceChildren(element('p', { class: 'loading' }, 'One moment …'));
    const create = await LOADERS[name]();
    signal.throwIfAborted();
    section.replaceChildren();
    shown = { name, view: create(options) };
  }

  return { show, leave };
}
