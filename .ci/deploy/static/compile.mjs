// Compiles a tree of Python files with the very Python that the browser gets, and leaves only what
// was compiled: node compile.mjs PYODIDE LOCK TREE KEPT...   A path of KEPT stays as text;
// LOCK says what Pyodide could install.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [core, lock, tree, ...kept] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.resolve(core, "pyodide.mjs")));
const python = await loadPyodide({
  indexURL: path.resolve(core) + path.sep,
  lockFileContents: JSON.parse(lock),
  // Lines without columns: a fifth less to fetch.
  env: { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" },
});
python.FS.mkdirTree("/tree");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.resolve(tree) }, "/tree");
python.globals.set("kept", python.toPy(kept));
python.runPython(`
import importlib.util, marshal, os

HEAD = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)  # never compared with a source
for folder, _, names in os.walk("/tree"):
    for name in names:
        path = os.path.join(folder, name)
        if not name.endswith(".py") or path.removeprefix("/tree/") in kept:
            continue
        with open(path, "rb") as file:
            source = file.read()
        # Without what only a reader of the code needs: docstrings and assertions.
        place = "/" + path.removeprefix("/tree/").partition("/")[2]
        code = compile(source, place, "exec", dont_inherit=True, optimize=2)
        with open(path + "c", "wb") as file:
            file.write(HEAD + marshal.dumps(code))
        os.remove(path)
`);
