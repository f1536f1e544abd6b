/* The commune that a visitor chose last, kept in this browser alone. */
(() => {
  "use strict";
  const KEY = "nafida.commune";
  const list = document.querySelector("[data-communes]");
  const mine = document.querySelector("[data-my-commune]");
  if (!list || !mine) return;
  const [link, other] = [mine.querySelector("a"), mine.querySelector("button")];
  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const keep = (code) => {
    try { code ? localStorage.setItem(KEY, code) : localStorage.removeItem(KEY); } catch { /* a browser that keeps nothing */ }
  };
  const show = () => {
    const chosen = [...list.querySelectorAll("a")].find((one) => one.dataset.code === kept());
    mine.hidden = !chosen;
    list.hidden = Boolean(chosen);
    if (!chosen) return;
    link.href = chosen.href;
    link.querySelector("span").textContent = chosen.querySelector("span").textContent;
  };
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("a");
    if (chosen) keep(chosen.dataset.code);
  });
  other.addEventListener("click", () => {
    keep("");
    show();
    list.querySelector("a").focus();
  });
  show();
})();
