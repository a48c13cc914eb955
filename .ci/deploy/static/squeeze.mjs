// Compresses files with the very Python that the browser gets: node squeeze.mjs PYODIDE LOCK FILE...
// Beside each FILE stands FILE.zst after it. Zstandard is a quarter smaller than gzip here, and
// faster to open; only what comes before Python has to be gzip.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [core, lock, ...files] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.resolve(core, "pyodide.mjs")));
const python = await loadPyodide({
  indexURL: path.resolve(core) + path.sep,
  lockFileContents: JSON.parse(lock),
});
for (const file of files) {
  const folder = path.dirname(path.resolve(file));
  python.FS.mkdirTree("/folder");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/folder");
  python.globals.set("name", `/folder/${path.basename(file)}`);
  python.runPython(`
from compression import zstd

OPTIONS = {
    zstd.CompressionParameter.compression_level: 19,
    # All of it is looked at for what was there before.
    zstd.CompressionParameter.window_log: 24,
}
with open(name, "rb") as given, open(name + ".zst", "wb") as taken:
    taken.write(zstd.compress(given.read(), options=OPTIONS))
`);
  python.FS.unmount("/folder");
}
