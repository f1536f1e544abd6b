/* Where, and what is open near by already: the form of a report tells its place in one tap. Without this script the
   commune and a few words do, and the server takes the same steps. Sentences stand in the page, on [data-where]. */
"use strict";
(() => {
  const form = document.querySelector("form[data-report]");
  const where = form && form.querySelector("[data-where]");
  if (!where) return;
  const { commune, place, position, another } = form.elements;
  const words = where.dataset;
  const part = (name, within = where) => within.querySelector(`[data-${name}]`);
  const offer = part("offer");
  let taken = ""; // code of the commune in which the position lies
  let asked = 0;

  const hidden = (name) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: "yes" }));
  const tell = (text, wrong = false) => {
    const said = part("said");
    said.classList.toggle("wrong", wrong);
    said.textContent = text;
  };
  const ask = async (lon, lat) => {
    const body = new URLSearchParams({ position: `${lat.toFixed(6)}, ${lon.toFixed(6)}` });
    const answer = await fetch(words.around, { method: "POST", body });
    if (!answer.ok) throw new Error("no answer");
    return answer.json();
  };
  const list = (html) => {
    const near = form.querySelector("[data-nearby]");
    part("list", near).innerHTML = html || "";
    near.hidden = !html;
    another.value = "yes"; // whoever sends the form now has seen the list
  };
  const only = (numbers) => {
    for (const item of form.querySelectorAll("[data-number]")) {
      item.hidden = Boolean(numbers && numbers.length) && !numbers.includes(item.dataset.number);
    }
  };
  const drop = () => {
    position.value = taken = "";
  };

  /** The place of the report from now on; told in words. `metres` is how rough it is. */
  const use = async (lon, lat, metres = 0, byMap = false) => {
    const turn = ++asked;
    position.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`;
    commune.value = taken = "";
    offer.hidden = true;
    tell(words.looking);
    let found;
    try { found = await ask(lon, lat); } catch {
      if (turn === asked) tell(words.kept);
      return;
    }
    if (turn !== asked) return;
    if (found.refused) {
      drop();
      tell(found.refused, true);
      return;
    }
    commune.value = taken = found.commune;
    form.dispatchEvent(new CustomEvent("nafida:kept"));
    only(found.calls);
    tell(metres > 150 ? `${found.said} ${words.rough}` : found.said);
    list(found.nearby);
    if (!byMap) form.dispatchEvent(new CustomEvent("nafida:placed", { detail: { lon, lat } }));
  };

  const locate = part("locate");
  const failed = (failure) => tell(failure.code === failure.PERMISSION_DENIED ? words.denied : words.lost, true);
  if (navigator.geolocation && window.isSecureContext) {
    locate.hidden = false;
    locate.querySelector("button").addEventListener("click", () => {
      tell(words.looking);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => use(coords.longitude, coords.latitude, coords.accuracy), failed,
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
    });
  }

  // What a poster's address told: the place is named and what is open near by is shown as after a tap.
  if ("begun" in words && position.value) {
    const [lat, lon] = position.value.split(",").map(Number);
    use(lon, lat);
  }

  commune.addEventListener("change", () => {
    if (!taken || commune.value === taken) return;
    drop();
    list("");
    tell(words.dropped);
  });

  // A photo that knows where it was taken: offered, never taken by itself.
  form.addEventListener("nafida:photo-place", async ({ detail: { lon, lat } }) => {
    if (position.value || !offer.hidden) return;
    try {
      const found = await ask(lon, lat);
      if (found.refused || position.value) return;
      hidden("photo_asked");
      form.querySelector("[data-photos]").after(offer); // where the hand is
      offer.hidden = false;
      offer.querySelector("p").textContent = `${words.taken} ${found.words}`;
      offer.querySelector("button").onclick = () => {
        use(lon, lat);
        where.scrollIntoView();
      };
    } catch { /* an offer may fail without a word */ }
  });

  // The map, fetched by who opens it: the pin stands in its middle.
  const opener = part("open-map"), picker = part("picker");
  const NEAR = 14, CLOSE = 17;
  let map = null;
  const start = () => {
    const [lat, lon] = position.value.split(",").map(Number);
    return Number.isFinite(lon) ? { at: [lon, lat], zoom: CLOSE } : { area: commune.value };
  };
  const open = async () => {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: picker.dataset.style });
    const script = Object.assign(document.createElement("script"), { src: picker.dataset.script });
    const loaded = new Promise((done, fail) => { script.onload = done; script.onerror = fail; });
    document.head.append(style, script);
    const [answer] = await Promise.all([fetch(picker.dataset.picker), loaded]);
    picker.innerHTML = await answer.text();
    const onpick = ({ lon, lat, zoom, by }) => {
      if (by !== "hand") return;
      if (zoom < NEAR) tell(picker.dataset.closer);
      else use(lon, lat, 0, true);
    };
    map = await window.nafida.map(picker.firstElementChild, { mode: "pick", reports: false, onpick, ...start() });
  };
  opener.hidden = false;
  opener.querySelector("button").addEventListener("click", ({ currentTarget: button }) => {
    picker.hidden = !picker.hidden;
    button.setAttribute("aria-expanded", String(!picker.hidden));
    if (!picker.hidden && !map) {
      map = {};
      open().catch(() => { map = null; });
    }
  });
  const show = ({ detail: { lon, lat } }) => map && map.move && map.move(lon, lat, CLOSE);
  form.addEventListener("nafida:placed", show);
  form.addEventListener("nafida:landmark", show);

  // Landmarks while typing, as a list under the field; choosing one shows what is open near it.
  const options = Object.assign(document.createElement("ul"), { id: "landmarks", className: "plain suggested", hidden: true });
  const say = (element, facts) => { for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value); };
  say(options, { role: "listbox", "aria-label": words.landmarks });
  say(place, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "landmarks" });
  place.after(options);
  let wait = 0, query = 0, current = -1;
  const point = (to) => {
    current = to;
    [...options.children].forEach((option, n) => say(option, { "aria-selected": n === to }));
    if (to < 0) place.removeAttribute("aria-activedescendant");
    else {
      say(place, { "aria-activedescendant": options.children[to].id });
      options.children[to].scrollIntoView({ block: "nearest" });
    }
  };
  const unfold = (open) => {
    options.hidden = !open;
    say(place, { "aria-expanded": open });
    point(-1);
  };
  const choose = (row) => {
    place.value = row.name;
    unfold(false);
    if (!position.value) {
      commune.value = row.commune;
      ask(row.lon, row.lat).then((found) => list(found.nearby), () => undefined);
    }
    form.dispatchEvent(new CustomEvent("nafida:landmark", { detail: row }));
  };
  const option = (row, n) => {
    const made = Object.assign(document.createElement("li"), { id: `landmark_${n}`, textContent: row.name });
    say(made, { role: "option", "aria-selected": false });
    made.append(" ", Object.assign(document.createElement("span"), { className: "meta", textContent: row.commune_name }));
    made.addEventListener("click", () => choose(row));
    return made;
  };
  const suggest = async (text) => {
    const turn = ++query;
    const asking = new URLSearchParams({ q: text });
    if (commune.value) asking.set("commune", commune.value);
    try {
      const answer = await fetch(`${words.places}?${asking}`);
      if (!answer.ok || turn !== query) return;
      const { places } = await answer.json();
      options.replaceChildren(...places.map(option));
      unfold(places.length > 0 && document.activeElement === place);
    } catch { /* typing goes on without */ }
  };
  place.addEventListener("input", () => {
    clearTimeout(wait);
    query += 1;
    const text = place.value.trim();
    if (text.length >= 2 && text.length <= 100) wait = setTimeout(suggest, 300, text);
    else unfold(false);
  });
  place.addEventListener("keydown", (event) => {
    const many = options.children.length;
    if (options.hidden || !many) return;
    if (event.key === "ArrowDown") point((current + 1) % many);
    else if (event.key === "ArrowUp") point((current <= 0 ? many : current) - 1);
    else if (event.key === "Escape") unfold(false);
    else if (event.key === "Enter" && current >= 0) options.children[current].click();
    else return;
    event.preventDefault();
  });
  place.addEventListener("blur", () => unfold(false));
  options.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  options.addEventListener("mousedown", (event) => event.preventDefault());

  // The receipt comes as the answer itself, one way across the network less: its script names its own address.
  hidden("receipt_here");

  const sending = part("sending", form);
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sending.textContent = sending.dataset.words;
  });
  window.addEventListener("pageshow", () => { sending.textContent = ""; });
})();
