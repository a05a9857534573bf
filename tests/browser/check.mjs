// Tries pages of `plan report` in Chromium, as their readers would: node check.mjs FOLDER CHROMIUM
//
// FOLDER holds the pages. What was measured goes to the output; what is wrong ends it with 1.

import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, executablePath] = process.argv.slice(2);
const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const faults = [];
const fault = (page, what) => faults.push(`${page}: ${what}`);

// A machine that is busy with something else, as those that test changes are, may take so many times as long as is
// wanted; what is wanted is printed beside what was measured.
const PATIENCE = 3;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const measured = (what, all, wanted) => {
  const ms = median(all);
  console.log(`measured: ${what}: ${Math.round(ms)} ms (wanted: within ${wanted} ms)`);
  if (ms > wanted * PATIENCE) {
    fault(what, `took ${Math.round(ms)} ms`);
  }
};

// Serves the pages, and counts what is asked for.
let asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  const file = join(folder, decodeURIComponent(request.url).slice(1));
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(readFileSync(file));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "plan-chromium-"));
const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", `--disk-cache-dir=${profile}`,
  ],
});

// Opens a page, and holds it to asking for nothing and to saying nothing.
const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  asked = [];
  page.on("console", (message) => fault(name, `the console says: ${message.text()}`));
  page.on("pageerror", (error) => fault(name, `the script fails: ${error.message}`));
  page.on("dialog", (dialog) => {
    fault(name, `a dialog opens: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => fault(name, "another page opens"));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== `${address}/${name}` && request.url() !== "data:,") {
      fault(name, `something is fetched: ${request.url()}`);
    }
  });
  await page.goto(`${address}/${name}`, { waitUntil: "load" });
  return page;
};

const close = async (name, page) => {
  await page.waitForTimeout(50);
  if (asked.length !== 1) {
    fault(name, `the server was asked for ${asked.join(", ")}`);
  }
  await page.context().close();
};

const overflows = (page) => page.evaluate(() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? root.scrollWidth - root.clientWidth : 0;
});

const shown = (page) => page.evaluate(() =>
  Array.from(document.querySelectorAll("section.plan > article")).filter((one) => one.checkVisibility()).length);

// What the page says of how many are seen: parts of recommendations are told apart.
const counted = (page, isSelection) => page.evaluate((isSelection) => {
  const all = Array.from(document.querySelectorAll("section.plan > article"));
  const isPart = (one) => one.dataset.m.split(" ").includes("part");
  const [whole, parts] = [all.filter((one) => !isPart(one)), all.filter(isPart)];
  const seen = (some) => (isSelection ? `${some.filter((one) => one.checkVisibility()).length} of ` : "") + some.length;
  return parts.length === 0 ? `${seen(whole)} shown` : `${seen(whole)} recommendations, and ${seen(parts)} parts, shown`;
}, isSelection);

// What is seen once it is right, or at last: on a busy machine keys, clicks and frames arrive when they can. What is
// right already is looked at once more, after a moment in which what should not happen may.
const settled = async (look, right) => {
  const until = performance.now() + 5000;
  let held = false;
  for (;;) {
    const seen = await look();
    const is = right(seen);
    if ((is && held) || performance.now() > until) {
      return seen;
    }
    held = is;
    await new Promise((done) => { setTimeout(done, 20); });
  }
};

const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

const looks = async (name) => {
  const validity = await validator.validateString(readFileSync(join(folder, name), "utf8"));
  for (const message of validity.results.flatMap((result) => result.messages)) {
    fault(name, `line ${message.line}: ${message.ruleId}: ${message.message}`);
  }
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(name, { colorScheme });
    await page.evaluate(axe.source);
    // In the dark nothing but the colours is another.
    const runOnly = colorScheme === "light"
      ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] : { type: "rule", values: ["color-contrast"] };
    const found = await page.evaluate((runOnly) => axe.run(document, { preload: false, runOnly }), runOnly);
    for (const violation of found.violations) {
      const where = violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary ?? ""}`);
      fault(name, `axe, ${colorScheme}: ${violation.id}: ${violation.help}: ${where.join(" | ")}`);
    }
    await close(name, page);
  }
  const page = await open(name);
  for (const width of [320, 390, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await overflows(page);
    if (over > 0) {
      fault(name, `at ${width} pixels it is ${over} too wide`);
    }
  }
  // Paper: the text column of A4, and the document itself.
  await page.setViewportSize({ width: 680, height: 960 });
  await page.emulateMedia({ media: "print" });
  const over = await overflows(page);
  // Nobody's scale has eight levels of sixty letters each; a browser then prints smaller.
  if (over > 0 && !name.startsWith("hostile")) {
    fault(name, `on paper it is ${over} too wide`);
  }
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
  const sizes = new Set(pdf.toString("latin1").match(/\/MediaBox\s*\[[^\]]*\]/g));
  const a4 = Array.from(sizes).every((size) => {
    const [, , width, height] = size.match(/[\d.]+/g).map(Number);
    return Math.abs(width - 595.28) < 1.5 && Math.abs(height - 841.89) < 1.5;
  });
  if (sizes.size === 0 || !a4) {
    fault(name, `its PDF is not A4: ${Array.from(sizes).join(", ")}`);
  }
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  console.log(`printed: ${name}: ${sheets} sheets of A4`);
  await close(name, page);
};

// Without a script everything is there to read, and nothing that would need one.
const readsWithoutScript = async (name) => {
  const page = await open(name, { javaScriptEnabled: false });
  const form = await page.locator("#filters").isVisible();
  const articles = await page.locator("section.plan > article").count();
  const rows = await page.locator("#register tbody tr").count();
  if (form || articles === 0 || articles !== rows) {
    fault(name, `without a script there are ${articles} recommendations and ${rows} rows${form ? ", and a form" : ""}`);
  }
  await close(name, page);
};

// Search and filters by keyboard alone, from the top of the page.
const goesByKeyboard = async (name, { word, owner, ownerShown, wordShown }) => {
  const page = await open(name);
  const all = await shown(page);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => document.activeElement.className);
  await page.keyboard.press("Enter");
  for (let n = 0; n < 5; n += 1) {
    const id = await page.evaluate(() => document.activeElement.id);
    if (id === "f-text") {
      break;
    }
    await page.keyboard.press("Tab");
  }
  const at = await page.evaluate(() => document.activeElement.id);
  if (skip !== "skip" || at !== "f-text") {
    fault(name, `by keyboard one comes from "${skip}" to "${at}"`);
  }
  const is = async (what, expected) => {
    const look = async () =>
      [await shown(page), await page.locator("#shown").textContent(), await counted(page, expected !== all)];
    const [count, said, words] = await settled(look, ([count, said, words]) => count === expected && said === words);
    if (count !== expected || said !== words) {
      fault(name, `${what}: ${count} shown, not ${expected}; it says "${said}"`);
    }
  };
  await page.keyboard.type(word);
  await is(`after typing ${word}`, wordShown);
  for (let n = 0; n < word.length; n += 1) {
    await page.keyboard.press("Backspace");
  }
  await is("after deleting it", all);
  await page.keyboard.press("Tab");
  await page.keyboard.type(owner);
  await is(`after choosing ${owner}`, ownerShown);
  const focused = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  if (focused === "none") {
    fault(name, "what has the focus does not show it");
  }
  for (let n = 0; n < 4; n += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  await is("after clearing", all);
  // A link to what is filtered out shows it.
  await page.locator("#f-text").fill("nothing that is said anywhere");
  await is("after a search for nothing", 0);
  const target = await page.locator("section.plan > article").last().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, target);
  await is("after following a link", all);
  await close(name, page);
};

// A link lands with what it leads to at the top of the window: where the page is opened with it and where it is
// followed, with a script and without. What stands too near the end of the page is seen whole.
const lands = async (name, width, javaScriptEnabled, most) => {
  const page = await open(name, { viewport: { width, height: 900 }, javaScriptEnabled });
  const ids = await page.evaluate(() =>
    Array.from(document.querySelectorAll("section.plan > article, nav a"), (one) => one.id || one.hash.slice(1)));
  const off = () => page.evaluate(() => {
    const target = document.getElementById(location.hash.slice(1));
    const root = document.documentElement;
    const margin = parseFloat(getComputedStyle(target).scrollMarginTop) + (parseFloat(getComputedStyle(root).scrollPaddingTop) || 0);
    const { top } = target.getBoundingClientRect();
    const ends = scrollY + innerHeight >= root.scrollHeight - 1;
    return ends && top > margin && top < innerHeight ? 0 : Math.round(top - margin);
  });
  const step = Math.max(1, Math.floor(ids.length / most));
  let worst = 0;
  for (const id of ids.filter((_, n) => n % step === 0)) {
    for (const way of ["opened", "followed"]) {
      if (way === "opened") {
        await page.goto("about:blank");
        await page.goto(`${address}/${name}#${id}`, { waitUntil: "load" });
      } else {
        await page.evaluate(() => scrollTo(0, 0));
        await page.waitForTimeout(20);
        await page.evaluate((id) => document.querySelector(`a[href="#${id}"]`).click(), id);
      }
      const far = await settled(off, (far) => Math.abs(far) <= 4);
      worst = Math.max(worst, Math.abs(far));
      if (Math.abs(far) > 4) {
        fault(name, `at ${width} pixels, ${javaScriptEnabled ? "" : "without a script, "}#${id} ${way} lands ${far} pixels off`);
      }
    }
  }
  console.log(`measured: ${name}: links at ${width} pixels${javaScriptEnabled ? "" : " without a script"} land within ${worst} pixels`);
  await page.context().close();
};

// What is chosen stands in the address: it can be loaded again, gone back to and sent, from a file too; and on paper
// it is said.
const remembers = async (name, { owner, shown: some, of, counted, hidden }) => {
  const page = await open(name);
  const state = async () => [await shown(page), await page.locator("#f-owner").evaluate((one) => one.selectedOptions[0].text)];
  const is = async (what, count, chosen) => {
    const [is, of] = await settled(state, ([is, of]) => is === count && of === chosen);
    if (is !== count || of !== chosen) {
      fault(name, `${what}: ${is} shown for ${of}, not ${count} for ${chosen}`);
    }
  };
  const nobody = "Anybody";
  await page.selectOption("#f-owner", { label: owner });
  await is("a choice", some, owner);
  const heading = await page.locator("#recommendations-h").textContent();
  const caption = await page.locator("#register caption:visible").first().textContent();
  const bare = counted.replace(" recommendations", "");
  if (heading !== `Recommendations: ${bare}` || !caption.endsWith(`: ${bare}`)) {
    fault(name, `a selection is headed ${heading}, ${caption}`);
  }
  await page.emulateMedia({ media: "print" });
  const selection = await page.locator("#selection").innerText();
  const whole = await page.locator("#standing").isVisible();
  if (!selection.startsWith(`A selection: owner ${owner}; ${counted}.`) || whole) {
    fault(name, `a selection is printed as ${selection}${whole ? ", with what counts the whole" : ""}`);
  }
  await page.emulateMedia({ media: "screen" });
  await page.reload();
  await is("the page loaded again", some, owner);
  const filtered = page.url();
  // A link to what is hidden shows it; Back has what was chosen.
  await page.evaluate((id) => { location.hash = id; }, hidden);
  await is("a link to what is hidden", of, nobody);
  const where = () => page.locator(`[id="${hidden}"]`).evaluate((one) => one.getBoundingClientRect().top);
  const top = await settled(where, (top) => Math.abs(top) <= 4);
  if (Math.abs(top) > 4) {
    fault(name, `a link to what was hidden lands ${top} pixels off`);
  }
  await page.goBack();
  await is("Back", some, owner);
  await page.goForward();
  await is("Forward", of, nobody);
  await page.goBack();
  await page.goBack();
  await is("Back to the beginning", of, nobody);
  // What is typed is one step, and nothing to show says so.
  await page.locator("#f-text").pressSequentially("nothing that is said anywhere", { delay: 15 });
  await page.waitForTimeout(400);
  await is("a search for nothing", 0, nobody);
  await page.locator("#all").click();
  await is("all shown again", of, nobody);
  await page.goBack();
  await is("Back to the search", 0, nobody);
  await page.goBack();
  await is("Back before the search", of, nobody);
  const last = new URL(filtered).hash;
  await page.goto(`${address}/${name}`);
  await page.context().close();
  const shouted = `#owner=${encodeURIComponent(owner.toUpperCase())}`;
  const nowhere = ["#owner=%E0%A4%A", "#owner=Nobody+at+all", "#plan=No+such+plan"];
  for (const hash of [last, shouted, ...nowhere, "#%E0%A4%A", "#100%", "#rag=%20", "#nowhere"]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on("pageerror", (error) => fault(name, `with ${hash} the script fails: ${error.message}`));
    await page.goto(`${pathToFileURL(join(folder, name))}${hash}`);
    const count = await shown(page);
    const isNowhere = nowhere.includes(hash);
    const expected = isNowhere ? 0 : [last, shouted].includes(hash) ? some : of;
    if (count !== expected) {
      fault(name, `as a file with ${hash}: ${count} shown`);
    }
    const why = await page.locator("#why").textContent();
    if (why.startsWith("Not on this page: ") !== isNowhere) {
      fault(name, `as a file with ${hash} it says "${why}"`);
    }
    // The next choice may follow at once.
    const stands = await page.evaluate(([clears, owner]) => {
      if (clears) {
        document.getElementById("all").click();
      }
      const field = document.getElementById("f-owner");
      Array.from(field.options).find((one) => one.text === owner).selected = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return location.hash;
    }, [expected === 0, owner]);
    if (stands !== last) {
      fault(name, `as a file with ${hash}, after a choice its address ends with ${stands}`);
    }
    await context.close();
  }
};

// A table is reached by keyboard where it scrolls, and only there; on a phone its rows are stacked, and it is a
// table still; how it stands is seen before anything is scrolled.
const fits = async (name) => {
  const page = await open(name);
  for (const width of [320, 390, 768, 1024, 1100, 1280]) {
    await page.setViewportSize({ width, height: width < 400 ? 780 : 900 });
    const wrong = await settled(() => page.evaluate(() => Array.from(document.querySelectorAll(".wide"))
      .filter((one) => one.checkVisibility() && (one.scrollWidth > one.clientWidth) !== one.hasAttribute("tabindex"))
      .map((one) => one.textContent.slice(0, 40))), (wrong) => wrong.length === 0);
    const cut = await page.evaluate(() => Array.from(document.querySelectorAll(".wide"))
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth).length);
    if (wrong.length > 0 || cut > 0) {
      fault(name, `at ${width} pixels ${cut} tables are cut; wrongly reached: ${wrong.join(", ")}`);
    }
    if (width < 400) {
      const figure = await page.locator("#standing .figures b").nth(2).boundingBox();
      const owner = await page.locator("#register td[data-label]").first().boundingBox();
      const roles = await page.locator("#register").getByRole("rowheader").count();
      const rows = await page.locator("#register tbody tr").count();
      if (figure.y + figure.height > 780 || owner.width > width || roles !== rows) {
        fault(name, `at ${width} pixels the figures are ${figure.y} down, a cell is ${owner.width} wide, and of ${rows} rows ${roles} have a head`);
      }
    }
  }
  await close(name, page);
};

// How long a reader waits, each of several times.
const isQuick = async (name) => {
  const [paints, ready] = [[], []];
  let page;
  for (let n = 0; n < 3; n += 1) {
    await page?.context().close();
    page = await open(name);
    const took = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation");
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return { interactive: entry.domInteractive, paint: paint?.startTime ?? 0, count: document.querySelectorAll("article").length };
    });
    paints.push(took.paint);
    ready.push(took.interactive);
    if (n === 0) {
      console.log(`measured: ${name}: ${took.count} recommendations, ${Math.round(readFileSync(join(folder, name)).length / 1000)} kB`);
    }
  }
  measured(`${name}: first painted`, paints, 1000);
  measured(`${name}: can be used`, ready, 1000);
  await page.waitForTimeout(2000);
  const filter = (id, value) => page.evaluate(([id, value]) => new Promise((done) => {
    const field = document.getElementById(id);
    const from = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // Until what is shown has been laid out and painted.
    requestAnimationFrame(() => { setTimeout(() => done(performance.now() - from)); });
  }), [id, value]);
  const steps = [["f-text", "stalking"], ["f-text", "stalking a"], ["f-text", ""], ["f-owner", "1"], ["f-owner", ""], ["f-mark", "overdue"], ["f-mark", ""]];
  const times = steps.map(() => []);
  for (let n = 0; n < 3; n += 1) {
    for (const [at, [id, value]] of steps.entries()) {
      times[at].push(await filter(id, value));
    }
  }
  for (const [at, [id, value]] of steps.entries()) {
    measured(`${name}: ${id} "${value}"`, times[at], 100);
  }
  await close(name, page);
};

const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
for (const name of pages.filter((name) => !plan.large.includes(name))) {
  await looks(name);
  await readsWithoutScript(name);
}
for (const [name, expected] of Object.entries(plan.keyboard)) {
  await goesByKeyboard(name, expected);
}
for (const [name, expected] of Object.entries(plan.history)) {
  await remembers(name, expected);
}
for (const name of plan.fit) {
  await fits(name);
}
for (const name of plan.links) {
  await lands(name, 1280, true, Infinity);
  await lands(name, 390, true, 12);
  await lands(name, 390, false, 6);
}
for (const width of [320, 768, 1920]) {
  await lands(plan.links[0], width, true, 6);
}
for (const name of plan.large) {
  await lands(name, 1280, true, 3);
  await lands(name, 390, false, 3);
  await isQuick(name);
}
await browser.close();
server.close();
rmSync(profile, { recursive: true, force: true });
console.log(`tried: ${pages.join(", ")}`);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
