// Copying, and what is left where the browser does not let a page write to the clipboard.

/**
 * @typedef {{text: string, html?: string}} Content what is copied; with `html` as rich text
 */

/**
 * Writes to the clipboard. Must be called while the browser still sees the reader's click.
 *
 * @param {Content} content
 * @param {typeof globalThis} [browser] replaced in tests
 * @returns {Promise<boolean>} false where the clipboard is missing or refuses
 */
export async function writeClipboard(content, browser = globalThis) {
  try {
    const { clipboard } = browser.navigator;
    if (content.html === undefined) {
      await clipboard.writeText(content.text);
    } else {
      const flavour = (type, data) => ({ [type]: new browser.Blob([data], { type }) });
      const item = { ...flavour("text/html", content.html), ...flavour("text/plain", content.text) };
      await clipboard.write([new browser.ClipboardItem(item)]);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets the reader copy by hand: the text stands selected in a box. The browser's own copy command would take plain
 * text only, so the rich flavour is handed over as it runs; if the reader selected a part, that part is copied.
 *
 * @param {HTMLTextAreaElement} box in the page, holding the text
 * @param {Content} content
 * @param {() => void} onCopied
 */
export function offerSelection(box, content, onCopied) {
  box.focus();
  box.select();
  box.addEventListener("copy", (event) => {
    if (box.selectionEnd - box.selectionStart < box.value.length) return;
    event.clipboardData.setData("text/plain", content.text);
    if (content.html !== undefined) event.clipboardData.setData("text/html", content.html);
    event.preventDefault();
    onCopied();
  });
}
