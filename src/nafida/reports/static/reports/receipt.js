/* The receipt to take home: as a picture, by the phone's own sheet, on paper. What is shared is the public page and
   the reference, never the PIN nor the private link. */
"use strict";
(() => {
  const tools = document.querySelector("[data-tools]");
  if (!tools) return;
  const words = tools.dataset;
  const told = document.querySelector("[data-told]");
  // The answer to the form is the receipt itself; reloading must open it and not send the form again.
  const { address } = document.querySelector("[data-keep]").dataset;
  if (location.pathname !== address) history.replaceState(null, "", address);
  const on = (name, act) => tools.querySelector(`[data-${name}]`).addEventListener("click", act);

  const wrap = (brush, text, width) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (brush.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean);
  };
  const draw = () => {
    const rows = [...document.querySelectorAll("[data-lines] dt")].map((row) => [row.textContent, row.nextElementSibling.textContent]);
    const rtl = document.dir === "rtl";
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d");
    const width = 720, edge = 48, inner = width - 2 * edge;
    const face = getComputedStyle(document.body).fontFamily;
    const written = [];
    let height = edge;
    for (const [label, text] of rows) {
      brush.font = `600 30px ${face}`;
      written.push([label, `24px ${face}`, "#51605b", height += 30]);
      for (const line of wrap(brush, text, inner)) written.push([line, `600 30px ${face}`, "#1c2927", height += 40]);
      height += 24;
    }
    canvas.width = width;
    canvas.height = height + edge;
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, canvas.height);
    brush.strokeStyle = "#0d5b47";
    brush.lineWidth = 8;
    brush.strokeRect(12, 12, width - 24, canvas.height - 24);
    brush.textAlign = rtl ? "right" : "left";
    for (const [text, font, colour, at] of written) {
      brush.font = font;
      brush.fillStyle = colour;
      brush.direction = rtl && /[\u0600-\u06ff]/.test(text) ? "rtl" : "ltr"; // an address begins at its left
      brush.fillText(text, rtl ? width - edge : edge, at);
    }
    return canvas;
  };

  on("picture", () => {
    draw().toBlob((picture) => {
      if (!picture) { told.textContent = words.failed; return; }
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(picture), download: words.file });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  });
  on("share", async () => {
    const facts = { title: words.shareTitle, text: `${words.shareTitle}. ${words.shareText}` };
    if (words.shareUrl) facts.url = words.shareUrl;
    if (navigator.share) {
      try {
        await navigator.share(facts);
        return;
      } catch (refused) {
        if (refused.name === "AbortError") return;
      }
    }
    try {
      await navigator.clipboard.writeText([facts.text, facts.url].filter(Boolean).join("\n"));
      told.textContent = words.copied;
    } catch { told.textContent = words.failed; }
  });
  on("print", () => window.print());
  tools.hidden = false;
})();
