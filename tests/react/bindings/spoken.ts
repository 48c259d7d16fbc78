/** Every text that the live region has shown, in order, as a screen reader would speak it. */
export function spoken(region: HTMLElement): string[] {
  const texts: string[] = [];
  let last = region.textContent ?? "";
  new MutationObserver(() => {
    const text = region.textContent ?? "";
    if (text !== last && text !== "") texts.push(text);
    last = text;
  }).observe(region, { childList: true, characterData: true, subtree: true });
  return texts;
}
