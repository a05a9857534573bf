// Searches and filters the recommendations. Without it they are all there to read.
(() => {
  "use strict";
  const get = (id) => document.getElementById(id);
  const form = get("filters");
  const shown = get("shown");
  const tables = Array.from(get("register").children);
  const rows = Array.from(document.querySelectorAll("#register tbody tr"));
  const plans = Array.from(document.querySelectorAll("section.plan"));
  const entries = Array.from(document.querySelectorAll("section.plan > article")).map((article, n) => ({
    article, row: rows[n], plan: plans.indexOf(article.parentElement), table: tables.indexOf(rows[n].closest(".wide")), hidden: false, text: null,
    owners: article.dataset.o.split(" "), rag: article.dataset.r, status: article.dataset.s,
    marks: article.dataset.m.split(" "),
  }));
  const plain = (text) => /^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  const fold = (text) => plain(text).toLowerCase().replace(/\s+/g, " ");
  const textOf = (entry) => (entry.text ??= fold(entry.article.textContent));
  const value = (id) => get(id).value;

  const filter = () => {
    const words = fold(value("f-text")).split(" ").filter(Boolean);
    const [owner, rag, status, mark] = ["f-owner", "f-rag", "f-status", "f-mark"].map(value);
    const some = words.length > 0 || [owner, rag, status, mark].some((choice) => choice !== "");
    const left = plans.map(() => 0);
    const listed = tables.map(() => 0);
    let count = 0;
    for (const entry of entries) {
      const fits = (owner === "" || entry.owners.includes(owner)) && (rag === "" || entry.rag === rag) &&
        (status === "" || entry.status === status) && (mark === "" || entry.marks.includes(mark)) &&
        words.every((word) => textOf(entry).includes(word));
      if (fits === entry.hidden) {
        entry.hidden = !fits;
        entry.article.hidden = entry.row.hidden = entry.hidden;
      }
      if (fits) {
        count += 1;
        left[entry.plan] += 1;
        listed[entry.table] += 1;
      }
    }
    tables.forEach((table, n) => { table.hidden = listed[n] === 0; });
    plans.forEach((plan, n) => { plan.hidden = some && left[n] === 0; });
    const all = entries.length.toLocaleString("en-GB");
    shown.textContent = some ? `${count.toLocaleString("en-GB")} of ${all} shown` : `${all} shown`;
  };

  // A link to a recommendation that is filtered out shows it.
  const show = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && get(id);
    if (target && target.closest("[hidden]")) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  };

  // Paper cannot be opened up.
  const folded = Array.from(document.querySelectorAll("details"));
  window.addEventListener("beforeprint", () => folded.forEach((one) => {
    one.dataset.open = one.open;
    one.open = true;
  }));
  window.addEventListener("afterprint", () => folded.forEach((one) => { one.open = one.dataset.open === "true"; }));

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  window.addEventListener("hashchange", show);
  // Browsers keep what was typed when a page is loaded again.
  filter();
  show();
  // The texts are made ready while nobody waits.
  let next = 0;
  const prepare = () => {
    for (const end = Math.min(next + 100, entries.length); next < end; next += 1) {
      // Browsers put a text together when it is first looked into, which takes longer than the look.
      textOf(entries[next]).includes("\0");
    }
    if (next < entries.length) {
      setTimeout(prepare);
    }
  };
  setTimeout(prepare);
})();
