// Composing a template in the browser. Mirrors Python's `compose.patch`; both run the same corpus of cases.

/**
 * @typedef {{id: string | null, kind: string, text: string}} Item
 * @typedef {{id: string, title: string, group: string | null, kind: string, items: Item[]}} Section
 * @typedef {{op: "patch", section: string, title?: string | null, group?: string | null, drop: boolean, remove: string[], after: string | null, items: Item[]}} Patch
 * @typedef {{op: "section", after: string | null, section: Section}} NewSection
 */

/**
 * The sections after every operation, in order. The input is not changed.
 *
 * @param {Section[]} sections
 * @param {(Patch | NewSection)[]} operations
 * @returns {Section[]}
 */
export function composeSections(sections, operations) {
  const result = [...sections];
  for (const operation of operations) {
    const isNew = operation.op === "section";
    const id = isNew ? operation.section.id : operation.section;
    const position = result.findIndex((section) => section.id === id);
    if (isNew) {
      if (position >= 0) result[position] = operation.section;
      else insertBehind(result, operation.after, operation.section);
    } else if (position >= 0) {
      if (operation.drop) result.splice(position, 1);
      else result[position] = patchSection(result[position], operation);
    }
  }
  return result;
}

/**
 * @param {Section} section
 * @param {Patch} patch
 * @returns {Section}
 */
function patchSection(section, patch) {
  const items = section.items.filter((item) => item.id === null || !patch.remove.includes(item.id));
  let inserted = -1;
  for (const item of patch.items) {
    const known = item.id === null ? -1 : items.findIndex((other) => other.id === item.id);
    if (known >= 0) items[known] = item;
    // Replacing moves nothing, so the place of the last new item stays right.
    else if (inserted >= 0) items.splice(++inserted, 0, item);
    else inserted = insertBehind(items, patch.after, item);
  }
  return { ...section, title: patch.title ?? section.title, group: patch.group ?? section.group, items };
}

/**
 * Puts an entry behind the one called `after`, or last where there is none; says where it went.
 *
 * @template {{id: string | null}} Entry
 * @param {Entry[]} entries
 * @param {string | null} after
 * @param {Entry} entry
 * @returns {number}
 */
function insertBehind(entries, after, entry) {
  // An entry without an id is never the one meant, even where `after` is null.
  const before = after === null ? -1 : entries.findIndex((other) => other.id === after);
  const position = before < 0 ? entries.length : before + 1;
  entries.splice(position, 0, entry);
  return position;
}
