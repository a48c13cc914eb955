// Walks through the app in Firefox, an engine that the other browser tests do not use, and prints
// what it found as JSON. What is right is decided by tests/browser/lines/test_firefox.py, which also says
// what to do: node firefox.mjs '{"url": ..., "firefox": ..., "downloads": ..., ...}'.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const job = JSON.parse(process.argv[2]);
const TIMEOUT = 20_000;
const found = { problems: [], pages: {} };
let where = "";

const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: job.firefox, headless: true,
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": job.downloads,
    "browser.download.useDownloadDir": true,
  },
});

async function newPage() {
  const page = await browser.newPage();
  // The sheet's cell of a number, in whichever shadow root it is.
  await page.evaluateOnNewDocument(() => {
    window.cell = (key) => [...document.querySelectorAll("*")]
      .map((host) => host.shadowRoot?.querySelector(`input[data-name="${key}"]`)).find(Boolean);
  });
  page.setDefaultTimeout(TIMEOUT);
  await page.setViewport({ width: 1280, height: 1000 });
  page.on("console", (message) => {
    if (message.type() === "error") found.problems.push(`${where}: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.problems.push(`${where}: ${error.message}`));
  return page;
}

// What fails in one part is told, and does not hide what the others find.
async function attempt(name, work) {
  where = name;
  try {
    found[name] = await work();
  } catch (error) {
    found[name] = { error: String(error) };
  }
}

async function open(page, path) {
  await page.goto(`${job.url}/${path}`);
  await settled(page);
}

async function settled(page) {
  await page.waitForFunction(`(${job.settled})()`);
}

// The picture is in a shadow tree, which ">>>" looks into.
async function item(page, name) {
  return page.waitForSelector(`>>> .item[data-name="${name}"]`);
}

async function middle(page, name) {
  const box = await (await item(page, name)).boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const field = (page, key) => page.$eval(`>>> input[data-name="${key}"]`, (input) => input.value);

async function arrived(page, key, name, value) {
  await page.waitForFunction(
    (key, name, value) => new URLSearchParams(location.search).get(key) === value
      && window.cell(name)?.value.replace("\u2212", "-") === value,
    {}, key, name, value,
  );
  await settled(page);
}

async function deepLink(page) {
  await open(page, job.link);
  await page.waitForFunction(
    (keys) => keys.every((key) => window.cell(key)), {}, job.keys,
  );
  const fields = await Promise.all(job.keys.map((key) => field(page, key)));
  return { fields: Object.fromEntries(job.keys.map((key, i) => [key, fields[i]])), address: page.url() };
}

// By the menu, as a reader goes: the address of a page is opened by other parts.
async function visit(page, { name, section, title }) {
  where = name;
  const before = await page.$eval("h1", (heading) => heading.textContent);
  await (await page.waitForSelector(`[data-testid=stTopNavSection] ::-p-text(${section})`)).click();
  const link = `[data-testid=stTopNavDropdownLink] ::-p-text(${title})`;
  await (await page.waitForSelector(link)).click();
  await page.waitForFunction(
    (name, before) => location.pathname === `/${name}`
      && document.querySelectorAll("h1").length === 1
      && document.querySelector("h1").textContent !== before, {}, name, before,
  );
  await settled(page);
  await look(page, name);
}

async function look(page, name) {
  found.pages[name] = await page.evaluate(() => ({
    title: document.querySelector("h1")?.textContent,
    alerts: [...document.querySelectorAll("[data-testid=stException]")].map((e) => e.textContent),
    charts: document.querySelectorAll(".js-plotly-plot .main-svg").length,
  }));
}

async function walk(page) {
  await open(page, "");
  await look(page, "home");
  for (const stop of job.menu) await visit(page, stop);
  return "to the end";
}

async function drag(page) {
  await open(page, "backward_pass");
  const [x, y] = await middle(page, job.drag.name);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + job.drag.pixels / 2, y, { steps: 4 });
  await page.mouse.move(x + job.drag.pixels, y, { steps: 4 });
  await page.mouse.up();
  await arrived(page, job.drag.key, job.drag.name, job.drag.value);
  return {
    picture: await (await item(page, job.drag.name)).evaluate((e) => e.getAttribute("aria-valuenow")),
    field: await field(page, job.drag.name),
    address: page.url(),
    labels: await page.$$eval(
      "[data-testid=chart] .ytick text", (texts) => texts.map((text) => text.textContent),
    ),
  };
}

// The hand holds the pointer while it presses, and engines differ in where the click then goes.
async function openAndType(page) {
  await page.mouse.click(...await middle(page, job.opened));
  await page.waitForFunction(
    (name) => [...document.querySelectorAll("*")].some(
      (host) => host.shadowRoot?.querySelector(".receipt h2")?.textContent.startsWith(`${name} =`),
    ), {}, job.opened,
  );
  await page.mouse.click(...await middle(page, job.typed.name), { count: 2 });
  await page.waitForSelector(">>> .field:not([hidden]) input");
  await page.keyboard.type(job.typed.value);
  await page.keyboard.press("Enter");
  await arrived(page, job.typed.key, job.typed.name, job.typed.value);
  return { address: page.url() };
}

async function saved(name) {
  const file = join(job.downloads, name);
  const patience = Date.now() + TIMEOUT;
  // Firefox keeps an empty file of that name until the one beside it, .part, is complete.
  while (!existsSync(file) || !statSync(file).size) {
    if (Date.now() > patience) throw new Error(`${name} was not downloaded`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return readFileSync(file, "utf8");
}

async function takeAway(page) {
  await (await page.waitForSelector("[data-testid=stPopover] button")).click();
  await (await page.waitForSelector(`::-p-aria(${job.program.label}[role="button"])`)).click();
  const program = await saved(job.program.file);
  // Streamlit asks once more whether the file is there; leaving before the answer is an error to it.
  await page.waitForNetworkIdle({ idleTime: 500 });
  return program;
}

async function savePicture(page) {
  await (await page.waitForSelector(`>>> .receipt ::-p-text(SVG)`)).click();
  return saved(job.picture);
}

try {
  const page = await newPage();
  // First, so that it is the server's first visitor too.
  await attempt("link", () => deepLink(page));
  await attempt("drag", () => drag(page));
  await attempt("hand", () => openAndType(page));
  await attempt("picture", () => savePicture(page));
  await attempt("program", () => takeAway(page));
  await attempt("walk", () => walk(page));
} finally {
  await browser.close();
}
console.log(JSON.stringify(found));
