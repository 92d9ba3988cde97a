const ENTRY = 'akin-key';

/** The key that requests carry, or null. It lives as long as the browser tab. */
export function apiKey(): string | null {
  return sessionStorage.getItem(ENTRY);
}

/** Keeps a key for the requests that follow. */
export function keepApiKey(key: string): void {
  sessionStorage.setItem(ENTRY, key);
}
