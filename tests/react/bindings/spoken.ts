/** Every text that the live region took on, in order: what a screen reader would have spoken. */
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
