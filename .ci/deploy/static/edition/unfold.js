// Puts the files of one part into Python's file system. A part is a zip of files that are not
// compressed (bundle.py), one after the other; the file system takes them as they lie there, which
// is ten times as fast as Python's own zipfile.
const HEAD = 0x04034b50;
const HEAD_SIZE = 30;

function unfold(FS, folder, content) {
  const bytes = new Uint8Array(content);
  const view = new DataView(content);
  const letters = new TextDecoder();
  const made = new Set();
  FS.mkdirTree(folder);
  for (let at = 0; view.getUint32(at, true) === HEAD; ) {
    const size = view.getUint32(at + 18, true);
    const named = at + HEAD_SIZE;
    const end = named + view.getUint16(at + 26, true);
    const begin = end + view.getUint16(at + 28, true);
    const path = `${folder}/${letters.decode(bytes.subarray(named, end))}`;
    const above = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(above)) FS.mkdirTree(above);
    made.add(above);
    FS.writeFile(path, bytes.subarray(begin, begin + size), { canOwn: true });
    at = begin + size;
  }
}
