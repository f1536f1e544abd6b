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

  /* By hand: the page's policy lets nothing be fetched from a data: address. */
  const blob = (address) => {
    const letters = atob(address.slice(address.indexOf(",") + 1));
    return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
  };

  const send = async (step) => {
    const form = new FormData();
    Object.entries(step.fields).forEach(([name, value]) => form.append(name, value));
    const token = document.querySelector("[name=csrfmiddlewaretoken]"); // who has signed in since has another one
    if (token) form.set("csrfmiddlewaretoken", token.value);
    form.set("short", "1");
    if (step.photo) form.append("photo", blob(step.photo), "photo.jpg");
    return fetch(step.url, { method: "POST", body: form, credentials: "same-origin" });
  };

  /* What was done leaves the round; what is still open stays, for its next step about the case as it is now. */
  const settle = (step, now) => {
    keep(waiting().map((other) => {
      const follows = other.reference === step.reference && other.fields.version === step.fields.version;
      return follows ? { ...other, fields: { ...other.fields, version: String(now.version) } } : other;
    }));
    document.querySelectorAll(`form[action="${CSS.escape(step.url)}"]`).forEach((form) => {
      const stop = form.closest(".stop");
      if (!now.open && stop) stop.remove();
      if (!now.open) return;
      form.closest(".thumbs").querySelectorAll("[name=version]").forEach((field) => { field.value = now.version; });
      const button = form.querySelector("button.thumb");
      if (button) button.setAttribute("aria-pressed", "true");
    });
  };

  /* Each is tried once; what has no answer stays for the next time, what was refused is told and let go. Whatever is
     tapped meanwhile lies in the same store: only what has its answer is taken out. */
  const sendOnce = async () => {
    const sent = [], refused = [];
    for (const { key } of waiting()) {
      const step = waiting().find((other) => other.key === key);
      if (!step) continue;
      try {
        const answer = await send(step);
        if (answer.status >= 500 || /\/accounts\//.test(answer.url)) continue;
        keep(waiting().filter((other) => other.key !== step.key));
        (answer.ok ? sent : refused).push(step);
        if (answer.ok) settle(step, await answer.json());
      } catch (_error) {
        // No net: it stays.
      }
    }
    const left = waiting();
    if (news) news.replaceChildren();
    say("sent", sent);
    say("refused", refused);
    say("kept", left);
    const foot = document.querySelector("[data-round]");
    if (foot && sent.length && !refused.length && !left.length) location.assign(foot.dataset.round);
  };
  let turn = Promise.resolve();
  const sendAll = () => (turn = turn.then(sendOnce));

  const keepStep = async (form) => {
    const fields = {};
    let photo = "";
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") fields[name] = value;
      else if (value.size) photo = await shrunk(value);
    }
    const word = form.querySelector(".thumb span").textContent;
    const key = `${Date.now()} ${Math.random()}`;
    const step = { key, url: form.getAttribute("action"), fields, photo, word, reference: form.dataset.reference };
    keep([...waiting().filter((other) => other.url !== step.url), step]);
    if (news) news.replaceChildren();
    say("kept", waiting());
  };
  /* A photo that cannot be shrunk, or a store that is full: with a net the form goes as it is. */
  const asItIs = (form) => {
    if (navigator.onLine) form.submit();
    else if (news) news.append(Object.assign(document.createElement("p"), { className: "notice notice-warning", textContent: news.dataset.full }));
  };

  document.querySelectorAll("[data-step]").forEach((form) => {
    form.classList.add("has-script");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keepStep(form).then(sendAll, () => asItIs(form));
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
