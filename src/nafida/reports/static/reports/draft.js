/* What is filled in is kept on this phone until the report has arrived: a network that dies, a page that is closed lose
   nothing. The form's key goes with it, so that what had arrived after all is not filed twice. In localStorage as
   {service, at, fields: [[name, value]…]}, for as long as the server keeps photos. Sentences stand on [data-kept-draft]. */
"use strict";
(() => {
  const form = document.querySelector("form[data-draft]");
  const note = document.querySelector("[data-kept-draft]");
  if (!form || !note) return;
  const PLACE = "nafida.draft", LIVES = 24 * 60 * 60 * 1000;
  const NEVER = new Set(["another", "receipt_here", "photos"]); // asked anew, or no words
  const service = form.dataset.draft;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACE));
      return kept && kept.service === service && Date.now() - kept.at < LIVES && Array.isArray(kept.fields) ? kept.fields : null;
    } catch { return null; }
  };
  const forget = () => {
    try { localStorage.removeItem(PLACE); } catch { /* nothing was kept either */ }
  };
  const keep = () => {
    const fields = [...new FormData(form)].filter(([name, value]) => !NEVER.has(name) && typeof value === "string");
    try { localStorage.setItem(PLACE, JSON.stringify({ service, at: Date.now(), fields })); } catch { /* no room: as before */ }
  };
  const fill = ([name, value]) => {
    const held = form.elements[name] || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    for (const field of held.length !== undefined && !held.options ? [...held] : [held]) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked || field.value === value;
      else field.value = value;
    }
  };

  const kept = "fresh" in form.dataset && read();
  if (kept) {
    kept.forEach(fill);
    for (const more of form.querySelectorAll("details")) {
      more.open = [...more.querySelectorAll("input")].some((field) => field.value && field.type !== "checkbox");
    }
    if (form.elements.position.value) form.querySelector("[data-where]").dataset.begun = "";
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      forget();
      location.reload();
    });
  }

  let wait = 0;
  const soon = () => {
    clearTimeout(wait);
    wait = setTimeout(keep, 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("nafida:kept", keep);

  const sending = form.querySelector("[data-sending]");
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    sending.textContent = sending.dataset.offline;
    const { submitter } = event;
    addEventListener("online", () => form.requestSubmit(submitter), { once: true });
  });
})();
