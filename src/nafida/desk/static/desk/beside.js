/* Beside the list on wide screens: the cases of the page as points, and under them the chosen case. A click chooses,
   a second one opens; Enter opens at once. A point and its row show each other. */
(() => {
  "use strict";
  const beside = document.querySelector("[data-beside]");
  const told = document.getElementById("points");
  if (!beside || !told || !window.matchMedia("(min-width: 68.75rem)").matches) return;
  const points = JSON.parse(told.textContent);
  const preview = beside.querySelector("[data-preview]");
  const chart = beside.querySelector(".map");
  const dots = new Map();
  const fetched = new Map();
  let chosen = null;
  let later = 0;
  beside.hidden = false;
  beside.parentElement.classList.add("has-beside");

  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = (point) => ({ radius: 7, weight: 2, color: ink("--paper"), fillColor: ink(point.late ? "--late" : "--sea"), fillOpacity: 1 });
  const mark = (link, on) => {
    link.closest("li").classList.toggle("is-at", on);
    const found = dots.get(link.dataset.row);
    if (!found) return;
    const [dot, point] = found;
    dot.setStyle(on ? { ...calm(point), color: ink("--ink") } : calm(point)).setRadius(on ? 11 : 7);
    if (on) dot.bringToFront();
  };

  const words = (link) => {
    if (!fetched.has(link.href)) {
      fetched.set(link.href, fetch(`${link.href}preview/`, { credentials: "same-origin" }).then((answer) => {
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        return answer.text();
      }));
    }
    return fetched.get(link.href);
  };
  const show = (link) => words(link).then(
    (html) => { if (link === chosen) preview.innerHTML = html; },
    () => {
      fetched.delete(link.href);
      if (link === chosen) preview.replaceChildren(Object.assign(document.createElement("a"), { href: link.href, textContent: preview.dataset.failed }));
    },
  );
  const choose = (link) => {
    if (link === chosen) return;
    if (chosen) mark(chosen, false);
    chosen = link;
    mark(link, true);
    window.clearTimeout(later);
    later = window.setTimeout(show, 150, link); // who runs through the list by key asks for the last one alone
  };

  const rowOf = (event) => event.target.closest("a[data-row]");
  document.addEventListener("focusin", (event) => {
    const link = rowOf(event);
    if (link && link.matches(":focus-visible")) choose(link);
  });
  document.addEventListener("click", (event) => {
    const link = rowOf(event);
    const plain = event.detail > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link === chosen) return;
    event.preventDefault();
    choose(link);
  });
  const first = document.querySelector("a[data-row]");
  if (first) choose(first);

  if (!chart) return;
  window.nafida.map(chart, { reports: false }).then((handle) => {
    const L = window.L;
    points.forEach((point) => {
      const dot = L.circleMarker([point.lat, point.lon], calm(point)).addTo(handle.map);
      const name = document.createElement("a");
      name.href = point.url;
      name.textContent = `${point.name} · ${point.place}`;
      dot.bindPopup(name);
      dot.on("click", () => {
        const link = document.querySelector(`a[data-row="${CSS.escape(point.key)}"]`);
        if (!link) return;
        choose(link);
        link.scrollIntoView({ block: "nearest" });
      });
      dots.set(point.key, [dot, point]);
    });
    handle.map.fitBounds(L.latLngBounds(points.map((point) => [point.lat, point.lon])).pad(0.2), { maxZoom: 16, animate: false });
    if (chosen) mark(chosen, true);
  }, () => { chart.hidden = true; });
})();
