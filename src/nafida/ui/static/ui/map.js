/* The map of all pages: window.nafida.map(element, options) → Promise of a handle.

   The element carries what the page knows ({% map_data %}: addresses, base map, bounds, words). Options, each also as
   a data attribute (data-mode, data-query, …):
     mode   "view" shows the public reports, "pick" holds a pin in the middle that moves with the map, "spot" marks `at`
     at     [lon, lat] to start from; without, the whole land      zoom    to start with, when `at` is given
     area   code of a commune to show and stress                  query   filters of the tiles, "state=closed&from=…"
     coarse (spot) `at` is the middle of a square of 500 m         reports false: none are drawn (as always in "spot")
     onpick (pick) called with {lon, lat, zoom, by} when the pin stands still; by: "hand", or "page" after `move`
   A pick is told to the element as the event "nafida:pick" too. Elements with data-map are drawn without a call.
   The handle: map (Leaflet's), where() → {lon, lat, zoom}, move(lon, lat, zoom), show(query), me(lon, lat, metres),
   area(lon, lat) → code of the commune by the simplified outline, or null. Degrees are WGS84, longitude first. */
(() => {
  "use strict";
  const nafida = (window.nafida = window.nafida || {});
  const fetched = new Map();

  const once = (address, make) => {
    if (!fetched.has(address)) fetched.set(address, make());
    return fetched.get(address);
  };
  const script = (address) =>
    once(address, () => new Promise((done, fail) => {
      const tag = Object.assign(document.createElement("script"), { src: address, async: false, onload: done, onerror: fail });
      document.head.append(tag);
    }));
  const sheet = (address) =>
    once(address, () => new Promise((done) => {
      const tag = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: done });
      document.head.prepend(tag); // first, so that our own rules win
    }));
  const read = (text) => {
    try { return JSON.parse(text); } catch { return text; }
  };
  const TEXTS = new Set(["query", "area", "mode", "ground", "tiles", "card", "leaflet", "sheet"]); // codes look like numbers
  nafida.map = async (element, options = {}) => {
    const told = Object.entries(element.dataset).map(([name, text]) => [name, TEXTS.has(name) ? text : read(text)]);
    const facts = { mode: "view", ...Object.fromEntries(told), ...options };
    try {
      await Promise.all([script(facts.leaflet), sheet(facts.sheet)]);
      await Promise.all(facts.parts.map(script));
    } catch (wrong) {
      element.replaceChildren(Object.assign(document.createElement("p"), { className: "map-failed", textContent: facts.words.failed }));
      throw wrong;
    }
    const chart = new nafida.Chart(element, facts);
    element.nafidaMap = chart;
    await chart.ready;
    return chart;
  };

  const draw = (element) => nafida.map(element).catch(() => undefined);
  const soon = window.IntersectionObserver && new IntersectionObserver((seen) => {
    for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
      soon.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "200px" });
  for (const element of document.querySelectorAll("[data-map]")) soon ? soon.observe(element) : draw(element);
})();
