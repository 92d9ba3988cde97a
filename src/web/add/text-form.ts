import { element } from '../element.js';
import { wordFailure } from '../failure-notice.js';
import { pageHref, START } from '../page-state.js';
import { requestJson } from '../request.js';

/** A form for one text, which is a document of its own. */
export function createTextForm(signal: AbortSignal): HTMLElement {
  const title = element('input', { id: 'text-title', type: 'text', autocomplete: 'off' });
  const text = element('textarea', { id: 'text-text', rows: '8', required: true });
  const line = element('p', { role: 'status' });
  const form = element(
    'form',
    { class: 'text-form' },
    element('h2', { class: 'small-heading' }, 'Or paste a text'),
    element('label', { for: title.id }, 'Title (may be left out)'),
    title,
    element('label', { for: text.id }, 'Text'),
    text,
    element('p', {}, element('button', { type: 'submit' }, 'Add this text')),
    line,
  );

  async function add(): Promise<void> {
    const body = { text: text.value, ...(title.value.trim() === '' ? {} : { title: title.value.trim() }) };
    line.textContent = 'One moment …';
    try {
      const { documents } = (await requestJson('v1/documents', { signal, body })) as {
        documents: { id: string }[];
      };
      const href = pageHref({ ...START, document: documents[0]?.id ?? null });
      line.replaceChildren('It can be found now: ', element('a', { href }, body.title ?? 'the text'));
      form.reset();
    } catch (failure) {
      if (signal.aborted) return;
      const { heading, advice } = wordFailure(failure);
      line.textContent = `${heading}. ${advice}`;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void add();
  });
  return form;
}
