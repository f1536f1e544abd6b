/* The reports that this phone remembers, in localStorage as [{reference, key, title, url, mark}], newest first.
   `key` is "" for one that is followed. Elements: #my-reports (the list), [data-keep] (what to remember;
   [data-kept] in it says so), [data-forget] (forget what the page keeps). Without a script, or without storage, nothing is shown. */
"use strict";
(() => {
  const PLACE = "nafida.reports";
  const MOST = 50;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACE));
      return Array.isArray(kept) ? kept.filter((row) => row && typeof row.reference === "string") : [];
    } catch { return []; }
  };
  const write = (rows) => {
    try {
      if (rows.length) localStorage.setItem(PLACE, JSON.stringify(rows.slice(0, MOST)));
      else localStorage.removeItem(PLACE);
      return true;
    } catch { return false; }
  };
  const keep = ({ reference, key = "", title, url, mark = "" }) => {
    const others = read().filter((row) => row.reference !== reference);
    const before = read().find((row) => row.reference === reference);
    return write([{ reference, key: key || (before && before.key) || "", title, url, mark }, ...others]);
  };
  const forget = (reference) => write(read().filter((row) => row.reference !== reference));

  const list = document.getElementById("my-reports");

  const draw = (rows, news) => {
    const place = list.querySelector("[data-list]");
    const mould = list.querySelector("template").content;
    place.replaceChildren(...rows.map((row) => {
      const found = news.get(row.reference);
      const item = mould.cloneNode(true);
      const link = item.querySelector("a");
      link.href = found ? found.url : row.url;
      link.addEventListener("click", () => keep({ ...row, mark: found ? found.mark : row.mark }));
      item.querySelector("[data-title]").textContent = found ? found.title : row.title;
      item.querySelector("[data-reference]").textContent = found ? found.shown : row.reference;
      item.querySelector("[data-words]").textContent = found ? found.words : "";
      item.querySelector("[data-new]").hidden = !found || found.mark === row.mark;
      return item;
    }));
    list.querySelector("[data-count]").hidden = !place.querySelector("[data-new]:not([hidden])");
    list.hidden = false;
  };

  const show = async () => {
    const rows = read();
    if (!rows.length) return;
    draw(rows, new Map());
    const asked = new URLSearchParams();
    for (const { reference, key } of rows) asked.append("case", key ? `${reference}:${key}` : reference);
    try {
      const answer = await fetch(list.dataset.news, { method: "POST", body: asked });
      if (!answer.ok) return;
      const { reports } = await answer.json();
      draw(read(), new Map(reports.map((row) => [row.reference, row])));
    } catch { /* without a network the list stands as it was kept */ }
  };

  // What stands on the phone as begun has arrived.
  if (document.querySelector("[data-keep]")) try { localStorage.removeItem("nafida.draft"); } catch { /* nor was it kept */ }
  for (const kept of document.querySelectorAll("[data-keep]")) kept.querySelector("[data-kept]").hidden = !keep(kept.dataset);
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.hidden = !read().some((row) => row.reference === button.dataset.forget);
    button.addEventListener("click", () => {
      forget(button.dataset.forget);
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      said.textContent = button.dataset.done;
      button.replaceWith(said);
    });
  }
  if (list) {
    list.querySelector("[data-forget-all]").addEventListener("click", (event) => {
      write([]);
      list.querySelector("[data-list]").replaceChildren();
      list.querySelector("[data-said]").textContent = event.currentTarget.dataset.done;
      event.currentTarget.remove();
    });
    show();
  }
})();
