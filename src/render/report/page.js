// Searches and filters the recommendations. Without it they are all there to read.
(() => {
  "use strict";
  const get = (id) => document.getElementById(id);
  const root = document.documentElement;
  const form = get("filters");
  const shown = get("shown");
  const heading = get("recommendations-h");
  const tables = Array.from(get("register").children);
  const captions = tables.map((table) => table.querySelector("caption"));
  const titles = captions.map((caption) => caption.textContent);
  const rows = Array.from(document.querySelectorAll("#register tbody tr"));
  const plans = Array.from(document.querySelectorAll("section.plan"));
  const entries = Array.from(document.querySelectorAll("section.plan > article")).map((article, n) => ({
    article, row: rows[n], plan: plans.indexOf(article.parentElement), table: tables.indexOf(rows[n].closest(".wide")), hidden: false, text: null,
    owners: article.dataset.o.split(" "), rag: article.dataset.r, status: article.dataset.s,
    marks: article.dataset.m.split(" "),
  }));
  // How many of some there are: parts of recommendations are counted apart.
  const tally = (some) => {
    const parts = some.filter((entry) => entry.marks.includes("part")).length;
    return { whole: some.length - parts, parts };
  };
  const all = tally(entries);
  const listed = tables.map((_, n) => tally(entries.filter((entry) => entry.table === n)));
  const plain = (text) => /^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  const fold = (text) => plain(text).toLowerCase().replace(/\s+/g, " ");
  const textOf = (entry) => (entry.text ??= fold(entry.article.textContent));
  const said = (number) => number.toLocaleString("en-GB");
  const counted = (number, one, many) => `${said(number)} ${number === 1 ? one : many}`;
  // "3 of 12", and what they are where that is to be said: "3 of 12 recommendations, and 2 of 2 parts".
  const outOf = (some, all, what) => {
    const parts = all.parts > 0 ? `, and ${said(some.parts)} of ${counted(all.parts, "part", "parts")}` : "";
    return `${said(some.whole)} of ${what ? counted(all.whole, "recommendation", "recommendations") : said(all.whole)}${parts}`;
  };
  const whole = `${counted(all.whole, "recommendation", "recommendations")}, and ${counted(all.parts, "part", "parts")}`;
  // What is written anew is laid out anew, even where it is the same.
  const write = (one, text) => {
    if (one.textContent !== text) {
      one.textContent = text;
    }
  };

  // The fields, each by what it is called in the address of the page; and those that other pages of the plan have.
  const fields = Array.from(form.querySelectorAll("[name]"));
  const names = ["search", "plan", "owner", "rag", "status", "show"];
  const drawn = (text) => text.replace(/\s+/g, " ").trim();
  // What the plan of this page is called on it, and on one of several plans.
  const headline = document.querySelector("h1");
  const called = [headline.textContent, `${headline.textContent}, ${headline.dataset.whose}`].map(drawn).map(fold);
  // What the address asks for in a field that this page does not have.
  let missing = new Map();
  const valueOf = (name) => form.elements.namedItem(name)?.value ?? "";
  const worded = (field) => field.options ? (field.value && field.selectedOptions[0].text) : field.value.trim();

  // A name in a script that is written from right to left, apart from the figures around it.
  const apart = (name) => /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/.test(name) ? `\u2068${name}\u2069` : name;

  // What is chosen, in words: on paper nobody sees the fields.
  const NOWHERE = "\0";
  const inWords = (field) => {
    const word = apart(worded(field)) + (field.value === NOWHERE ? " (not on this page)" : "");
    switch (field.name) {
      case "search": return `“${word}”`;
      case "show": return word.toLowerCase();
      case "rag": return `RAG ${word}`;
      default: return `${field.name} ${word}`;
    }
  };

  const filter = () => {
    const words = fold(valueOf("search")).split(" ").filter(Boolean);
    const [plan, owner, rag, status, mark] = ["plan", "owner", "rag", "status", "show"].map(valueOf);
    const some = missing.size > 0 || words.length > 0 || [plan, owner, rag, status, mark].some((choice) => choice !== "");
    const left = plans.map(() => 0);
    const found = [];
    for (const entry of entries) {
      const fits = missing.size === 0 && (plan === "" || String(entry.plan) === plan) && (owner === "" || entry.owners.includes(owner)) &&
        (rag === "" || entry.rag === rag) && (status === "" || entry.status === status) &&
        (mark === "" || entry.marks.includes(mark)) && words.every((word) => textOf(entry).includes(word));
      if (fits === entry.hidden) {
        entry.hidden = !fits;
        entry.article.hidden = entry.row.hidden = entry.hidden;
      }
      if (fits) {
        found.push(entry);
        left[entry.plan] += 1;
      }
    }
    tables.forEach((table, n) => {
      const here = found.filter((entry) => entry.table === n);
      table.hidden = here.length === 0;
      const title = titles[n] === "All recommendations" ? "Recommendations" : titles[n];
      write(captions[n], some ? `${apart(title)}: ${outOf(tally(here), listed[n])}` : titles[n]);
    });
    plans.forEach((plan, n) => { plan.hidden = some && left[n] === 0; });
    const now = tally(found);
    if (all.parts === 0) {
      write(shown, some ? `${outOf(now, all)} shown` : `${said(all.whole)} shown`);
    } else {
      write(shown, `${some ? outOf(now, all, true) : whole}, shown`);
    }
    write(heading, some ? `Recommendations: ${outOf(now, all)}` : "Recommendations");
    const chosen = fields.filter((field) => worded(field) !== "").map(inWords);
    missing.forEach((word, name) => chosen.push(`${name} ${apart(word)} (not on this page)`));
    write(get("selection"), some
      ? `A selection: ${chosen.join(", ")}; ${outOf(now, all, true)}. What is said of the whole is left out here.` : "");
    // What the page does not have no other choice brings.
    const unknown = fields.filter((field) => field.value === NOWHERE).map((field) => `${field.name} ${apart(worded(field))}`);
    missing.forEach((word, name) => unknown.push(`${name} ${apart(word)}`));
    write(get("why"), unknown.length > 0 ? `Not on this page: ${unknown.join(", ")}.` : "No recommendation is all of this.");
    root.classList.toggle("selected", some);
    get("nothing").hidden = found.length > 0 || !some;
  };

  // What is chosen stands in the address, in words that the next page of the plan has too: it can be sent, loaded again
  // and gone back to. An entry of the history whose address leads to a recommendation keeps it beside the address.
  const isQuery = (hash) => names.some((name) => hash.startsWith(`#${name}=`));
  const query = () => {
    const all = new URLSearchParams();
    fields.filter((field) => worded(field) !== "").forEach((field) => all.set(field.name, worded(field)));
    missing.forEach((word, name) => all.set(name, word));
    return all.toString();
  };
  const choose = (query) => {
    const all = new URLSearchParams(query);
    const asked = names.filter((name) => (all.get(name) ?? "").trim() !== "" && !fields.some((field) => field.name === name));
    // The page of one plan is of that plan alone.
    missing = new Map(asked.filter((name) => name !== "plan" || !called.includes(fold(drawn(all.get(name))))).map((name) => [name, all.get(name)]));
    for (const field of fields) {
      const word = (all.get(field.name) ?? "").trim();
      if (!field.options || word === "") {
        field.value = word;
        continue;
      }
      const options = Array.from(field.options).filter((one) => one.value !== "");
      let option = options.find((one) => one.text === word) ?? options.find((one) => fold(one.text) === fold(word));
      if (!option) {
        // Nothing on this page is so, as nothing is overdue any more: that is said, and not that everything is.
        option = new Option(word, NOWHERE);
        field.add(option);
      }
      option.selected = true;
    }
    filter();
  };
  let waiting = 0;
  let typed = false;
  const note = (types) => {
    clearTimeout(waiting);
    waiting = 0;
    const now = query();
    if (now !== (isQuery(location.hash) ? location.hash.slice(1) : history.state ?? "")) {
      // What is typed letter by letter is one step.
      history[types && typed ? "replaceState" : "pushState"](now, "", now === "" ? "#recommendations" : `#${now}`);
    }
    typed = types;
  };
  const target = () => {
    const id = location.hash.slice(1);
    try {
      return get(decodeURIComponent(id));
    } catch {
      // Not every sign after a percent sign is half of a number.
      return get(id);
    }
  };
  const go = () => {
    typed = false;
    if (isQuery(location.hash)) {
      choose(location.hash.slice(1));
      return;
    }
    // Back brings what was chosen then; a link that is followed keeps what is chosen now, unless it would lead to
    // what is hidden.
    if (history.state !== null) {
      choose(history.state);
    }
    const found = target();
    if (found?.closest("[hidden]")) {
      choose("");
      found.scrollIntoView();
    }
    history.replaceState(query(), "");
  };

  // What scrolls sideways can be reached by keyboard, and is called by its caption; nothing else needs to be.
  const wide = Array.from(document.querySelectorAll(".wide")).filter((one) => !tables.includes(one));
  const reach = () => {
    // What a browser has not laid out is looked at when it does.
    const laid = wide.filter((one) => one.checkVisibility?.({ contentVisibilityAuto: true }) !== false);
    laid.map((one) => [one, one.scrollWidth > one.clientWidth]).forEach(([one, scrolls]) => {
      const has = { tabindex: "0", role: "group", "aria-label": one.querySelector("caption").textContent };
      Object.entries(has).forEach(([name, value]) => scrolls ? one.setAttribute(name, value) : one.removeAttribute(name));
    });
  };

  // Where rows are stacked, some browsers no longer take a table for one.
  const narrow = matchMedia("(max-width: 60rem)");
  const name = () => {
    if (!narrow.matches) {
      return;
    }
    const roles = { "": "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
    for (const table of document.querySelectorAll("table.stack:not([role])")) {
      for (const [parts, role] of Object.entries(roles)) {
        (parts === "" ? [table] : table.querySelectorAll(parts)).forEach((one) => one.setAttribute("role", role));
      }
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
  form.addEventListener("input", (event) => {
    filter();
    clearTimeout(waiting);
    if (event.target.options) {
      note(false);
    } else {
      waiting = setTimeout(note, 300, true);
    }
  });
  form.addEventListener("reset", (event) => {
    // At once: what is chosen next may come before anything that waits.
    event.preventDefault();
    choose("");
    note(false);
  });
  get("all").addEventListener("click", () => form.reset());
  document.addEventListener("click", () => waiting && note(true), true);
  window.addEventListener("popstate", go);
  window.addEventListener("hashchange", go);
  narrow.addEventListener("change", name);
  window.addEventListener("resize", reach);
  document.querySelectorAll(".whole").forEach((one) => one.addEventListener("contentvisibilityautostatechange", reach));
  name();
  // Browsers keep what was typed when a page is loaded again; the address alone says what is chosen.
  choose(history.state ?? "");
  go();
  if (isQuery(location.hash) && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
    get("recommendations").scrollIntoView();
  }
  reach();
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
