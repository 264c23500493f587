// A zip archive of files stored as they are, the same bytes as Python's `zipfile` writes.

/**
 * @param {[name: string, text: string][]} files with names in ASCII
 * @returns {Uint8Array}
 */
export function zip(files) {
  const encoder = new TextEncoder();
  const contents = [];
  const directory = [];
  for (const [name, text] of files) {
    const nameBytes = encoder.encode(name);
    const bytes = encoder.encode(text);
    // For version 2.0, no flags, stored, midnight, 1980-01-01, checksum, size packed and unpacked, nothing extra.
    const entry = [u16(20), u16(0), u16(0), u16(0), u16(0x21), u32(crc32(bytes)), u32(bytes.length), u32(bytes.length)];
    entry.push(u16(nameBytes.length), u16(0));
    // No comment, first disk, no kind, read and written by the owner, where the contents are.
    const place = [u16(0), u16(0), u16(0), u32(0o600 << 16), u32(sizeOf(contents))];
    directory.push(u32(0x02014b50), u16((3 << 8) | 20), ...entry, ...place, nameBytes); // by version 2.0, on Unix
    contents.push(u32(0x04034b50), ...entry, nameBytes, bytes);
  }
  const end = [u32(0x06054b50), u16(0), u16(0), u16(files.length), u16(files.length)];
  end.push(u32(sizeOf(directory)), u32(sizeOf(contents)), u16(0));
  const chunks = [...contents, ...directory, ...end];
  const whole = new Uint8Array(sizeOf(chunks));
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.length;
  }
  return whole;
}

/**
 * @param {Uint8Array[]} chunks
 * @returns {number} bytes
 */
function sizeOf(chunks) {
  return chunks.reduce((size, { length }) => size + length, 0);
}

/**
 * @param {number} value
 * @returns {Uint8Array} two bytes, the lower first
 */
function u16(value) {
  return Uint8Array.of(value, value >>> 8);
}

/**
 * @param {number} value
 * @returns {Uint8Array} four bytes, the lowest first
 */
function u32(value) {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

/**
 * The checksum of ISO 3309, as the format has it.
 *
 * @param {Uint8Array} bytes
 * @returns {number}
 */
function crc32(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });
  return ~bytes.reduce((crc, byte) => table[(crc ^ byte) & 0xff] ^ (crc >>> 8), ~0) >>> 0;
}
