import { keepApiKey } from './api-key.js';
import { element } from './element.js';
import { RequestError } from './request.js';

const ASK_AGAIN_MS = 2000;

/** What a failure is called and what to do about it. */
export interface FailureWording {
  heading: string;
  advice: string;
}

/** The words for a failed request, by its code and status; for anything else, words that fit any failure. */
export function wordFailure(failure: unknown): FailureWording {
  if (!(failure instanceof RequestError)) {
    return {
      heading: 'This page has failed',
      advice: 'Load it again. If that does not help, its version is not that of the server.',
    };
  }
  const { code, status, message, requestId } = failure;
  if (code === 'SERVER_UNREACHABLE') {
    return {
      heading: 'Akin does not answer',
      advice: 'See whether it is still running (npm start starts it), then try again.',
    };
  }
  if (code === 'NOT_READY') {
    return {
      heading: 'Akin is getting ready',
      advice: 'It is loading its index. This page asks again by itself.',
    };
  }
  if (code === 'DOCUMENT_NOT_FOUND') {
    return {
      heading: 'This document is not here',
      advice: 'It was removed from the index, or its address is wrong.',
    };
  }
  if (status === 401) {
    return {
      heading: 'A key is needed',
      advice:
        'This server answers only with a key. Whoever runs it can make one: akin keys create --scope read',
    };
  }
  if (status >= 500) {
    const request = requestId === null ? '' : ` It is request ${requestId} in the server’s log.`;
    return { heading: 'Something went wrong on the server', advice: `${message}${request}` };
  }
  return { heading: 'Akin could not take this request', advice: message };
}

/** What a failure notice acts with. */
export interface FailureNoticeOptions {
  /** Does again what failed. */
  retry(): void;
  /** Aborted when the notice is no longer shown. */
  signal: AbortSignal;
}

/** A failure for the reader, with the way on: a button, a field for a key, or a new attempt by itself. */
export function failureNotice(failure: unknown, { retry, signal }: FailureNoticeOptions): HTMLElement {
  const { heading, advice } = wordFailure(failure);
  const notice = element(
    'div',
    { class: 'notice failure', role: 'alert' },
    element('h1', { tabindex: '-1' }, heading),
    element('p', {}, advice),
  );
  const known = failure instanceof RequestError ? failure : null;
  if (known?.code === 'NOT_READY') {
    const timer = window.setTimeout(retry, ASK_AGAIN_MS);
    signal.addEventListener('abort', () => window.clearTimeout(timer));
  } else if (known?.status === 401) {
    notice.append(keyForm(retry));
  } else if (known?.code !== 'DOCUMENT_NOT_FOUND') {
    const button = element('button', { type: 'button' }, 'Try again');
    button.addEventListener('click', retry);
    notice.append(element('p', {}, button));
  }
  return notice;
}

function keyForm(retry: () => void): HTMLElement {
  const input = element('input', { id: 'key', type: 'password', required: true, autocomplete: 'off' });
  const form = element(
    'form',
    { class: 'key-form' },
    element('label', { for: 'key' }, 'Key'),
    input,
    element('button', { type: 'submit' }, 'Use it'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keepApiKey(input.value.trim());
    retry();
  });
  return form;
}
