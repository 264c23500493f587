// The controls, built with DOM methods and text nodes only: what a value holds can never become markup.
import { offerSelection } from "./clipboard.js";
import { make } from "./dom.js";
import { filledText, normalise } from "./fill.js";

/**
 * @typedef {import("./clipboard.js").Content} Content
 * @typedef {import("./fill.js").Placeholder} Placeholder
 * @typedef {import("./fill.js").Value} Value
 * @typedef {import("./fill.js").Values} Values
 * @typedef {{element: HTMLElement, show: (value: Value) => void, focus: () => void}} Field
 */

const REQUIRED = "Required by the law you chose";

/**
 * @param {string} label
 * @param {() => void} onClick
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function makeButton(label, onClick, attributes = {}) {
  const button = make("button", { type: "button", class: "rb-button", ...attributes }, label);
  button.addEventListener("click", onClick);
  return button;
}

/**
 * A button that stays pressed.
 *
 * @param {string} label
 * @param {(pressed: boolean) => void} onToggle
 * @returns {HTMLButtonElement}
 */
export function makeToggle(label, onToggle) {
  const button = makeButton(
    label,
    () => {
      const pressed = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(pressed));
      onToggle(pressed);
    },
    { class: "rb-button rb-toggle", "aria-pressed": "false" },
  );
  return button;
}

/**
 * The region that says how much is left, and what just happened.
 */
export function buildStatus() {
  const count = make("p", { class: "rb-count" });
  const message = make("p", { class: "rb-message" });
  // Not atomic: a screen reader would otherwise repeat the count with every message.
  const element = make("div", { class: "rb-status", role: "status", "aria-atomic": "false" }, count, message);
  let timer = 0;
  return {
    element,

    /** @param {string} text */
    count(text) {
      if (count.textContent !== text) count.textContent = text; // set again, it would be read out again
    },

    /** @param {string} text */
    announce(text) {
      clearTimeout(timer);
      message.textContent = "";
      // Emptied first and filled a moment later, so that the same message is read out a second time.
      timer = setTimeout(() => {
        message.textContent = text;
        timer = setTimeout(() => (message.textContent = ""), 10_000);
      }, 100);
    },
  };
}

/**
 * One field for each placeholder of the template that is on the page.
 *
 * @param {(name: string, value: Value) => void} onEdit
 * @param {string} [prefix] of the fields' ids, one for each form on the page
 */
export function buildForm(onEdit, prefix = "rb-field") {
  const element = make("form", { class: "rb-form", "aria-label": "Fill in the template" });
  // The return key in a field would reload the page.
  element.addEventListener("submit", (event) => event.preventDefault());
  /** @type {Map<string, Field>} */
  let fields = new Map();
  /** @type {Map<string, Field>} every field made so far: most templates of a role ask for the same */
  const made = new Map();

  const fieldFor = (placeholder) => {
    const key = JSON.stringify(placeholder);
    if (!made.has(key)) {
      const build = placeholder.choices.length ? (placeholder.multiple ? buildChecks : buildSelect) : buildInput;
      made.set(key, build(placeholder, `${prefix}-${made.size + 1}`, (value) => onEdit(placeholder.name, value)));
    }
    return made.get(key);
  };

  return {
    element,

    /** @param {Placeholder[]} placeholders */
    take(placeholders) {
      fields = new Map(placeholders.map((placeholder) => [placeholder.name, fieldFor(placeholder)]));
      element.replaceChildren(...Array.from(fields.values(), (field) => field.element));
    },

    /** @param {Values} values */
    show(values) {
      for (const [name, field] of fields) field.show(Object.hasOwn(values, name) ? values[name] : "");
    },

    /** @param {Values} values */
    mark(values) {
      for (const [name, field] of fields) field.element.classList.toggle("rb-filled", filledText(values, name) !== "");
    },

    /** @param {string} name */
    focus(name) {
      fields.get(name)?.focus();
    },

    /**
     * What a field's value can be compared with; it is said below the field, never filled in.
     *
     * @param {string} name
     * @param {string[]} sentences
     */
    compareWith(name, sentences) {
      const field = fields.get(name)?.element;
      const control = field?.querySelector("input, select");
      if (!control) return;
      field.querySelector(".rb-band")?.remove();
      const id = `${control.id}-band`;
      const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
      if (sentences.length) {
        const lines = sentences.map((sentence) => make("p", { class: "rb-help" }, sentence));
        field.append(make("div", { class: "rb-band", id }, make("p", { class: "rb-help" }, "For comparison:"), ...lines));
        described.push(id);
      }
      if (described.length) control.setAttribute("aria-describedby", described.join(" "));
      else control.removeAttribute("aria-describedby");
    },
  };
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @param {(value: Value) => void} onEdit
 * @returns {Field}
 */
function buildInput(placeholder, id, onEdit) {
  const input = make("input", { type: "text", ...controlAttributes(placeholder, id) });
  input.addEventListener("input", () => onEdit(input.value));
  return {
    element: wrapControl(placeholder, id, input),
    show(value) {
      const text = filledText({ value }, "value");
      // The same value again would move the reader's cursor, and take the space just typed at its end.
      if (normalise(input.value) !== text) input.value = text;
    },
    focus: () => input.focus(),
  };
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @param {(value: Value) => void} onEdit
 * @returns {Field}
 */
function buildSelect(placeholder, id, onEdit) {
  const options = placeholder.choices.map((choice) => make("option", { value: choice }, choice));
  const select = make("select", controlAttributes(placeholder, id), make("option", { value: "" }, "Choose…"), ...options);
  select.addEventListener("input", () => onEdit(select.value));
  return {
    element: wrapControl(placeholder, id, select),
    show(value) {
      select.value = String(value);
    },
    focus: () => select.focus(),
  };
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @param {(value: Value) => void} onEdit
 * @returns {Field}
 */
function buildChecks(placeholder, id, onEdit) {
  const boxes = placeholder.choices.map((choice, index) =>
    make("input", { type: "checkbox", id: `${id}-${index + 1}`, value: choice }),
  );
  const element = make(
    "fieldset",
    { class: "rb-field", ...controlAttributes(placeholder, id) },
    make("legend", {}, placeholder.label),
    ...boxes.map((box) => make("label", { class: "rb-check" }, box, ` ${box.value}`)),
    ...helpText(placeholder, id),
  );
  element.addEventListener("input", () => onEdit(boxes.filter((box) => box.checked).map((box) => box.value)));
  return {
    element,
    show(value) {
      for (const box of boxes) box.checked = value.includes(box.value);
    },
    focus: () => boxes[0].focus(),
  };
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @returns {Record<string, string>}
 */
function controlAttributes({ help, required }, id) {
  const described = [...(required ? [`${id}-law`] : []), ...(help ? [`${id}-help`] : [])];
  return described.length ? { id, "aria-describedby": described.join(" ") } : { id };
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @returns {HTMLElement[]}
 */
function helpText({ help, required }, id) {
  return [
    ...(required ? [make("p", { class: "rb-required", id: `${id}-law` }, REQUIRED)] : []),
    ...(help ? [make("p", { class: "rb-help", id: `${id}-help` }, help)] : []),
  ];
}

/**
 * @param {Placeholder} placeholder
 * @param {string} id
 * @param {HTMLElement} control
 * @returns {HTMLElement}
 */
function wrapControl(placeholder, id, control) {
  const label = make("label", { for: id }, placeholder.label);
  return make("div", { class: "rb-field" }, label, control, ...helpText(placeholder, id));
}

/**
 * The small menu behind a section's heading: a button that opens one copy button for each format.
 *
 * @param {string} id of the menu
 * @param {string} label
 * @param {string} title of the section
 * @param {Record<string, string>} formats labels by format
 * @param {(format: string, opener: HTMLElement) => void} onCopy
 * @param {AbortSignal} gone when the section leaves the page
 * @returns {HTMLElement}
 */
export function buildSectionTools(id, label, title, formats, onCopy, gone) {
  const menu = make("div", { class: "rb-menu", id, hidden: "" });
  const open = (isOpen) => {
    if (isOpen && !menu.hasChildNodes()) menu.append(...buttons());
    menu.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  // In the text and not an `aria-label`, which would be one more thing labelled like a field of the same words.
  const nameSection = (button) => {
    button.append(make("span", { class: "rb-visually-hidden" }, ` (${title})`));
    return button;
  };
  const toggle = makeButton(label, () => open(menu.hidden), {
    class: "rb-button rb-tools-toggle",
    "aria-expanded": "false",
    "aria-controls": id,
  });
  nameSection(toggle);
  const buttons = () =>
    Object.entries(formats).map(([format, name]) => {
      const choose = () => {
        open(false);
        onCopy(format, toggle);
      };
      return nameSection(makeButton(name, choose));
    });
  const element = make("div", { class: "rb-tools" }, toggle, menu);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    open(false);
    toggle.focus();
  });
  const closeOutside = (event) => {
    if (!element.contains(event.target)) open(false);
  };
  document.addEventListener("click", closeOutside, { signal: gone });
  return element;
}

/**
 * A place in the panel for one notice at a time, which takes the focus so that it is seen and read out.
 */
export function buildNotice() {
  const element = make("section", { class: "rb-notice", tabindex: "-1", hidden: "" });
  const close = () => {
    element.hidden = true;
    element.replaceChildren();
  };
  const open = (label, ...children) => {
    element.setAttribute("aria-label", label);
    element.replaceChildren(...children);
    element.hidden = false;
    element.focus();
  };
  return {
    element,
    close,

    /**
     * The fields left, before a copy is made with them.
     *
     * @param {Placeholder[]} left
     * @param {(name: string) => void} onJump
     * @param {() => void} onCopyAnyway
     */
    warn(left, onJump, onCopyAnyway) {
      const leave = (then) => () => {
        close();
        then();
      };
      const jumps = left.map(({ name, label, required }) => {
        const button = makeButton(label, leave(() => onJump(name)), { class: "rb-jump" });
        return make("li", {}, button, ...(required ? [" (required by law)"] : []));
      });
      open(
        "Fields left to fill in",
        make("p", {}, "Left to fill in, and copied as they stand, in double braces:"),
        make("ul", { class: "rb-left" }, ...jumps),
        make(
          "div",
          { class: "rb-buttons" },
          makeButton("Copy anyway", leave(onCopyAnyway)),
          makeButton("Keep filling in", leave(() => onJump(left[0].name)), { class: "rb-button rb-primary" }),
        ),
      );
    },

    /**
     * The text to copy by hand, where the browser refused to.
     *
     * @param {Content} content
     * @param {() => void} onCopied
     * @param {() => void} onClose
     */
    offer(content, onCopied, onClose) {
      const box = make("textarea", { class: "rb-manual", readonly: "", rows: "6", "aria-label": "Text to copy" });
      box.value = content.text;
      open(
        "Copy by hand",
        make("p", {}, "This browser does not let the page copy. The text is selected: press Ctrl+C, or Cmd+C on a Mac."),
        box,
        make("div", { class: "rb-buttons" }, makeButton("Close", onClose)),
      );
      offerSelection(box, content, onCopied);
    },
  };
}

/**
 * The bar that CSS fixes to the bottom of a narrow page.
 *
 * @param {() => void} onCount
 * @param {(opener: HTMLElement) => void} onCopy
 */
export function buildBar(onCount, onCopy) {
  const count = makeButton("", onCount, { class: "rb-button rb-bar-count" });
  const copy = makeButton("Copy the template", () => onCopy(copy), { class: "rb-button rb-primary" });
  return {
    element: make("div", { class: "rb-bar" }, count, copy),

    /** @param {string} text */
    count(text) {
      count.textContent = text;
    },
  };
}

/**
 * Saves a file from the page.
 *
 * @param {string} file
 * @param {string} type
 * @param {string} content
 */
export function saveFile(file, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: file }).click();
  // Not at once: the browser reads the address after this returns.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
