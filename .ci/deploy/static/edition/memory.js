// Python's memory as it is once Streamlit, NumPy and the app are imported, kept for the next visit,
// which then need not import them again: that is most of the time until the first lesson. Pyodide
// knows how to keep its own memory; where NumPy's compiled parts stand beside it is kept here.
const memory = {
  url: null,
  made: null,
  used: false,

  // Whether an earlier visit has kept one.
  async isKept(url) {
    memory.url = url;
    memory.used = Boolean(await (await kept())?.match(url));
    return memory.used;
  },

  // What Pyodide's start has to know: the memory that was kept, or to make one. The files go into
  // their folders before it: the compiled parts are loaded from there.
  async settings(core, folders) {
    const cache = await kept();
    // A browser that keeps nothing.
    if (!cache) return {};
    const { default: create } = await import(`${core}pyodide.asm.mjs`);
    if (!memory.used) {
      const createPyodideModule = async (settings) => {
        const module = await create(settings);
        memory.begun = module.wasmTable.length;
        return module;
      };
      return { _makeSnapshot: true, createPyodideModule };
    }
    const { places, files, content } = taken(await (await cache.match(memory.url)).arrayBuffer());
    return {
      _loadSnapshot: content,
      createPyodideModule: async (settings) => {
        const module = await create(settings);
        // Pyodide copies it into a memory that must be as large already.
        module.growMemory(content.length);
        for (const [name, folder] of Object.entries(folders)) unfold(module.FS, folder, files[name]);
        putBack(module, places);
        return module;
      },
    };
  },

  // With nothing running, and no object of this script in Python's hands.
  make(python, files) {
    const content = python.makeMemorySnapshot();
    const places = placesOf(python._module, memory.begun);
    memory.made = () => given(places, files, content);
  },

  async forget() {
    await (await kept())?.delete(memory.url);
  },

  // Once the page has its lesson: to put it together and write it down takes a moment.
  async keep() {
    if (memory.made) await (await kept())?.put(memory.url, new Response(memory.made()));
    memory.made = null;
  },
};

// One after the other: how long the places are, the places, the memory, the files.
const WORD = 4;
function given(places, files, content) {
  const sizes = Object.entries(files).map(([name, file]) => [name, file.byteLength]);
  const told = new TextEncoder().encode(JSON.stringify({ places, sizes, size: content.length }));
  const filled = new Uint8Array(Math.ceil(told.length / WORD) * WORD).fill(32);
  filled.set(told);
  return new Blob([Uint32Array.of(filled.length), filled, content, ...Object.values(files)]);
}

function taken(all) {
  const begin = WORD + new Uint32Array(all, 0, 1)[0];
  const told = new TextDecoder().decode(new Uint8Array(all, WORD, begin - WORD));
  const { places, sizes, size } = JSON.parse(told);
  const files = {};
  let at = begin + size;
  for (const [name, length] of sizes) {
    files[name] = all.slice(at, at + length);
    at += length;
  }
  return { places, files, content: new Uint8Array(all, begin, size) };
}

// A compiled part has a stretch of the memory and one of the table of functions; its record in the
// memory says which. Beside these, functions stand singly in the table, and are known by name.
const RECORD = { memory: 12, table: 20, count: 24 };

function placesOf(module, begun) {
  const { LDSO, wasmTable, HEAPU32, GOT } = module;
  const libraries = Object.entries(LDSO.loadedLibsByHandle)
    .map(([handle, { name, global }]) => ({ handle: Number(handle), name, global }))
    .filter(({ handle }) => handle)
    .map((library) => {
      const at = (what) => HEAPU32[(library.handle + RECORD[what]) / WORD];
      return { ...library, memory: at("memory"), table: at("table"), count: at("count") };
    })
    .sort((one, other) => one.table - other.table);
  const names = new Map();
  for (const [library, { exports }] of Object.entries(LDSO.loadedLibsByName)) {
    for (const [name, what] of Object.entries(exports)) {
      if (typeof what === "function" && !names.has(what)) names.set(what, [library, name]);
    }
  }
  const single = [];
  for (let index = begun; index < wasmTable.length; index += 1) {
    if (libraries.some(({ table, count }) => index >= table && index < table + count)) continue;
    const what = wasmTable.get(index);
    if (!what) continue;
    if (!names.has(what)) throw new Error(`nothing is known of function ${index}`);
    single.push([index, ...names.get(what)]);
  }
  const symbols = Object.entries(GOT).map(([name, { value }]) => [name, value]);
  return { begun, length: wasmTable.length, libraries, single, symbols };
}

function putBack(module, { begun, length, libraries, single, symbols }) {
  const { LDSO, wasmTable, GOT } = module;
  if (wasmTable.length !== begun) throw new Error("the table of functions begins otherwise");
  wasmTable.grow(length - begun);
  for (const { handle, name, global, memory, table } of libraries) {
    // places.py has taught Pyodide to look here.
    module.place = { memory, table };
    module.loadDynamicLibrary(name, { global, nodelete: true, loadAsync: false }, {}, 0);
    LDSO.loadedLibsByHandle[handle] = LDSO.loadedLibsByName[name];
  }
  delete module.place;
  for (const [index, library, name] of single) {
    wasmTable.set(index, LDSO.loadedLibsByName[library].exports[name]);
  }
  // What the module remembers of its table is read anew.
  for (let index = begun; index < length; index += 1) delete module.wasmTableMirror[index];
  module.updateTableMap(begun, length - begun);
  for (const [name, value] of symbols) {
    GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true }, value);
    GOT[name].value = value;
  }
}
