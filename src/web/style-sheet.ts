/** Loads a style sheet of the page, once. Resolves when it holds, or when it can't be had: a view works without, too. */
export function needStyleSheet(path: string): Promise<void> {
  const { href } = new URL(path, document.baseURI);
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  if (links.some((link) => link.href === href)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve());
    document.head.append(link);
  });
}
