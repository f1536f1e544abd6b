/* The technician's phone: a photo sends its step at once; what finds no network is kept in
   the page, with the version of the case it was about, and sent later. */
(() => {
  "use strict";
  const KEY = "nafida.steps";
  const SIDE = 1280;
  const news = document.querySelector("[data-field-news]");
  const waiting = () => JSON.parse(localStorage.getItem(KEY) || "[]");
  const keep = (steps) => localStorage.setItem(KEY, JSON.stringify(steps));

  const say = (kind, steps) => {
    if (!news || !steps.length) return;
    const line = document.createElement("p");
    line.className = kind === "refused" ? "notice notice-warning" : kind === "sent" ? "notice notice-success" : "notice";
    line.append(`${news.dataset[kind]} `);
    steps.forEach((step) => {
      const link = document.createElement("a");
      link.href = step.url.replace(/field\/[^/]+\/$/, "");
      link.textContent = `${step.reference} – ${step.word}`;
      line.append(link, " ");
    });
    news.append(line);
  };

  const shrunk = async (file) => {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.75);
  };

  const send = async (step) => {
    const form = new FormData();
    Object.entries(step.fields).forEach(([name, value]) => form.append(name, value));
    if (step.photo) form.append("photo", await (await fetch(step.photo)).blob(), "photo.jpg");
    return fetch(step.url, { method: "POST", body: form, credentials: "same-origin" });
  };

  /* Each is tried once; what has no answer stays for the next time, what was refused is told and let go. */
  const sendAll = async () => {
    const left = [], sent = [], refused = [];
    let next = "";
    for (const step of waiting()) {
      try {
        const answer = await send(step);
        if (answer.status >= 500 || /\/accounts\//.test(answer.url)) left.push(step);
        else if (answer.ok) {
          sent.push(step);
          next = answer.url;
          document.querySelectorAll(`.stop form[action="${step.url}"]`).forEach((form) => form.closest(".stop").remove());
        } else refused.push(step);
      } catch (_error) {
        left.push(step);
      }
    }
    keep(left);
    if (news) news.replaceChildren();
    say("sent", sent);
    say("refused", refused);
    say("kept", left);
    if (next && !refused.length && !left.length && document.querySelector(".at-foot")) location.assign(next);
  };

  const keepStep = async (form) => {
    const fields = {};
    let photo = "";
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") fields[name] = value;
      else if (value.size) photo = await shrunk(value);
    }
    const word = form.querySelector(".thumb span").textContent;
    const step = { url: form.getAttribute("action"), fields, photo, word, reference: form.dataset.reference };
    keep([...waiting().filter((other) => other.url !== step.url), step]);
    if (news) news.replaceChildren();
    say("kept", waiting());
  };

  document.querySelectorAll("[data-step]").forEach((form) => {
    form.classList.add("has-script");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keepStep(form).then(sendAll, () => form.submit());
    });
    const photo = form.querySelector("[data-sends]");
    if (photo) photo.addEventListener("change", () => photo.files.length && form.requestSubmit());
  });

  const near = document.querySelector("[data-near-me]");
  const sorted = (lat, lon) => {
    const list = document.querySelector(".stops");
    const away = (stop) =>
      stop.dataset.lat ? Math.hypot(stop.dataset.lat - lat, (stop.dataset.lon - lon) * Math.cos((lat * Math.PI) / 180)) : 9;
    const stops = [...list.querySelectorAll(".stop")].sort((a, b) => away(a) - away(b));
    list.replaceChildren(...stops);
    if (stops[0]) stops[0].querySelector("a").focus();
  };
  if (near && navigator.geolocation) {
    near.hidden = false;
    near.addEventListener("click", () =>
      navigator.geolocation.getCurrentPosition(
        (found) => sorted(found.coords.latitude, found.coords.longitude),
        () => { near.textContent = news.dataset.nowhere; },
        { enableHighAccuracy: true, timeout: 10000 },
      ));
  }
  window.addEventListener("online", sendAll);
  if (waiting().length && navigator.onLine) sendAll();
  else say("kept", waiting());
})();
