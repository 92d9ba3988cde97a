import { takeDropped } from '../drops.js';
import { element } from '../element.js';
import { failureNotice } from '../failure-notice.js';
import type { PageState } from '../page-state.js';
import { RequestError, requestJson } from '../request.js';
import { needStyleSheet } from '../style-sheet.js';
import type { View, ViewOptions } from '../views.js';
import { type ChosenFile, filesOf, pickedFiles } from './collect-files.js';
import { createProgressPanel } from './progress-panel.js';
import { createTextForm } from './text-form.js';
import { Upload } from './upload.js';

/** The upload that was last begun: it goes on, and is told of, also when another view was shown meanwhile. */
let upload: Upload | null = null;
let redraw: () => void = () => undefined;

/** Where documents are brought in: files, folders, a text. `section.dataset.state` is add or refused. */
export function createAddView({ section, refresh }: ViewOptions): View {
  const leaving = new AbortController();
  const panel = createProgressPanel({
    cancel: () => void upload?.cancel().catch(tellFailure),
    retry: () => void begin(upload?.failedFiles() ?? []),
  });
  const place = element('div', { class: 'upload-place' });

  async function show(_state: PageState, signal: AbortSignal): Promise<void> {
    document.title = 'Add documents – Akin';
    if (section.dataset.state !== 'add') {
      await needStyleSheet('add/add.css');
      if (!(await mayWrite(signal))) {
        refuse();
        return;
      }
      fill();
    }
    const files = await filesOf(takeDropped());
    if (files.length > 0) void begin(files);
  }

  function fill(): void {
    section.dataset.state = 'add';
    section.replaceChildren(
      element('h1', {}, 'Add documents'),
      element(
        'p',
        { class: 'lead' },
        'Web pages, PDFs, office files, e-mail, feeds, tables, texts, and archives of them. They stay on this server.',
      ),
      dropZone(begin),
      place,
      createTextForm(leaving.signal),
    );
    redraw = () => {
      if (upload) panel.show(upload.progress);
    };
    if (upload) place.replaceChildren(panel.node);
    redraw();
  }

  async function begin(files: ChosenFile[]): Promise<void> {
    if (files.length === 0) return;
    if (upload && ['sending', 'reading'].includes(upload.progress.status)) {
      place.prepend(
        element('p', { role: 'alert' }, 'One upload at a time: wait for this one, or cancel it.'),
      );
      return;
    }
    upload = new Upload(files, drawSoon());
    place.replaceChildren(panel.node);
    window.addEventListener('beforeunload', warn);
    await upload.run().catch(tellFailure);
    window.removeEventListener('beforeunload', warn);
  }

  function tellFailure(failure: unknown): void {
    if (failure instanceof RequestError && failure.status === 403) refuse();
    else
      place.append(
        failureNotice(failure, {
          retry: () => void begin(upload?.failedFiles() ?? []),
          signal: leaving.signal,
        }),
      );
  }

  function refuse(): void {
    section.dataset.state = 'refused';
    section.replaceChildren(...refusal(refresh));
  }

  return {
    show,
    leave() {
      leaving.abort();
      redraw = () => undefined;
    },
  };
}

/** Draws at most once for each time that the browser does. */
function drawSoon(): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      redraw();
    }, 100);
  };
}

/** To write no documents is what only a key may do that may write some. */
async function mayWrite(signal: AbortSignal): Promise<boolean> {
  try {
    await requestJson('v1/documents', { signal, body: [] });
    return true;
  } catch (failure) {
    if (failure instanceof RequestError && failure.status === 403) return false;
    throw failure;
  }
}

function dropZone(begin: (files: ChosenFile[]) => void): HTMLElement {
  const picker = (words: string, isFolder: boolean): HTMLElement[] => {
    const input = element('input', { type: 'file', multiple: true, webkitdirectory: isFolder, hidden: true });
    input.addEventListener('change', () => {
      if (input.files) begin(pickedFiles(input.files));
      input.value = '';
    });
    const button = element('button', { type: 'button' }, words);
    button.addEventListener('click', () => input.click());
    return [button, input];
  };
  return element(
    'div',
    { class: 'drop-zone' },
    element('p', {}, 'Drop files or folders anywhere on this page'),
    element(
      'p',
      { class: 'upload-actions' },
      ...picker('Choose files', false),
      ...picker('Choose a folder', true),
    ),
  );
}

function refusal(refresh: () => void): HTMLElement[] {
  const signal = new AbortController().signal;
  const needed = new RequestError('', { code: 'UNAUTHORIZED', status: 401, requestId: null });
  const notice = failureNotice(needed, { retry: refresh, signal });
  notice.querySelector('h1')?.replaceChildren('A key that may write is needed');
  notice
    .querySelector('p')
    ?.replaceChildren(
      'Yours may only read. Whoever runs this server can make one: akin keys create --scope write',
    );
  return [notice];
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
