// Draws the pictures in the README: node picture.mjs PAGE CHROMIUM
//
// PAGE is that of the invented plan. What is drawn hangs on the machine's fonts, so that no test compares it.

import { chromium } from "playwright-core";
import { resolve } from "node:path";

const [page, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 1100, height: 1180 }, colorScheme: "light" });
const shown = await context.newPage();
await shown.goto(`file://${resolve(page)}`);
for (const [name, id] of [["report-1", null], ["report-2", "rag"]]) {
  await shown.evaluate((id) => (id ? document.getElementById(id).scrollIntoView() : scrollTo(0, 0)), id);
  await shown.screenshot({ path: new URL(`../../docs/${name}.png`, import.meta.url).pathname });
}
await browser.close();
