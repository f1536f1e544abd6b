/* Keys of the officer's list: j k arrows, Enter (the link's own), /, ?. Nothing is captured while somebody types. */
(() => {
  "use strict";
  const rows = [...document.querySelectorAll("a[data-row]")];
  const search = document.getElementById("q");
  const help = document.getElementById("keys");
  const typing = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
  let at = -1;

  const step = (by) => {
    const focused = rows.indexOf(document.activeElement);
    at = Math.max(0, Math.min(rows.length - 1, (focused >= 0 ? focused : at) + by));
    if (rows[at]) rows[at].focus();
  };
  const keys = {
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    x: () => {
      const row = document.activeElement.closest(".pickable");
      const tick = row && row.querySelector("input");
      if (tick) tick.checked = !tick.checked;
    },
    "/": () => search && search.focus(),
    "?": () => {
      if (!help) return;
      help.open = !help.open;
      help.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const does = keys[event.key];
    if (!does || (event.key.length > 1 && !rows.length)) return;
    event.preventDefault();
    does();
  });
})();
