import assert from "node:assert/strict";
import { test } from "node:test";
import { offerSelection, writeClipboard } from "../../ext/rolebook/static/clipboard.js";

function fakeBrowser(clipboard) {
  class ClipboardItem {
    constructor(flavours) {
      this.flavours = flavours;
    }
  }
  return { navigator: { clipboard }, Blob, ClipboardItem };
}

test("plain text is written as text", async () => {
  const written = [];
  assert.equal(await writeClipboard({ text: "a" }, fakeBrowser({ writeText: async (text) => written.push(text) })), true);
  assert.deepEqual(written, ["a"]);
});

test("rich text is written in both flavours", async () => {
  let flavours;
  const write = async ([item]) => void ({ flavours } = item);
  assert.equal(await writeClipboard({ text: "a", html: "<p>a</p>" }, fakeBrowser({ write })), true);
  assert.deepEqual(Object.keys(flavours), ["text/html", "text/plain"]);
  assert.equal(await flavours["text/html"].text(), "<p>a</p>");
  assert.equal(await flavours["text/plain"].text(), "a");
  assert.equal(flavours["text/html"].type, "text/html");
});

test("a clipboard that is missing or refuses is told apart from one that took it", async () => {
  const refuse = async () => {
    throw new Error("NotAllowedError");
  };
  for (const content of [{ text: "a" }, { text: "a", html: "a" }]) {
    assert.equal(await writeClipboard(content, fakeBrowser(undefined)), false);
    assert.equal(await writeClipboard(content, fakeBrowser({})), false);
    assert.equal(await writeClipboard(content, fakeBrowser({ write: refuse, writeText: refuse })), false);
    assert.equal(await writeClipboard(content, {}), false);
  }
});

function copyByHand(content, start, end) {
  const box = new EventTarget();
  Object.assign(box, { value: content.text, selectionStart: start, selectionEnd: end, focus() {}, select() {} });
  let copied = false;
  offerSelection(box, content, () => (copied = true));
  const given = {};
  const event = new Event("copy", { cancelable: true });
  event.clipboardData = { setData: (type, value) => (given[type] = value) };
  box.dispatchEvent(event);
  return { copied, given, prevented: event.defaultPrevented };
}

test("copying by hand hands over both flavours", () => {
  assert.deepEqual(copyByHand({ text: "abc", html: "<p>abc</p>" }, 0, 3), {
    copied: true,
    given: { "text/plain": "abc", "text/html": "<p>abc</p>" },
    prevented: true,
  });
  assert.deepEqual(copyByHand({ text: "abc" }, 0, 3).given, { "text/plain": "abc" });
});

test("copying a part by hand is left to the browser", () => {
  assert.deepEqual(copyByHand({ text: "abc", html: "abc" }, 1, 3), { copied: false, given: {}, prevented: false });
});
