// The phone's own sheet for sharing, or the address in the clipboard; without either the address stands there to read.
"use strict";
(() => {
  const address = document.querySelector("[data-share]");
  const buttons = document.querySelector("[data-share-buttons]");
  if (!address || !buttons) return;
  const [share, copy] = ["share", "copy"].map((name) => buttons.querySelector(`[data-do=${name}]`));
  const url = address.dataset.share;
  share.hidden = !navigator.share;
  copy.hidden = !navigator.clipboard;
  buttons.hidden = share.hidden && copy.hidden;
  share.addEventListener("click", () => {
    navigator.share({ title: address.dataset.title, url }).catch(() => {});
  });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(url);
    copy.querySelector("[role=status]").textContent = copy.dataset.done;
  });
})();
