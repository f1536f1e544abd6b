/* The map beside the list on wide screens: the cases of the page as points; a point and its row show each other. */
(() => {
  "use strict";
  const beside = document.querySelector("[data-rows-map]");
  const told = document.getElementById("points");
  if (!beside || !told || !window.matchMedia("(min-width: 72rem)").matches) return;
  const points = JSON.parse(told.textContent);
  const row = (key) => document.querySelector(`a[data-row="${CSS.escape(key)}"]`);
  beside.hidden = false;
  beside.parentElement.classList.add("has-beside");

  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = (point) => ({ radius: 7, weight: 2, color: ink("--paper"), fillColor: ink(point.late ? "--late" : "--sea"), fillOpacity: 1 });
  const strong = (point) => ({ ...calm(point), radius: 11, color: ink("--ink") });

  window.nafida.map(beside.querySelector(".map"), { reports: false }).then((handle) => {
    const L = window.L;
    const dots = new Map();
    points.forEach((point) => {
      const dot = L.circleMarker([point.lat, point.lon], calm(point)).addTo(handle.map);
      const words = document.createElement("a");
      words.href = point.url;
      words.textContent = `${point.name} · ${point.place}`;
      dot.bindPopup(words);
      dot.on("click", () => row(point.key) && row(point.key).focus());
      dots.set(point.key, [dot, point]);
    });
    handle.map.fitBounds(L.latLngBounds(points.map((point) => [point.lat, point.lon])).pad(0.2), { maxZoom: 16, animate: false });
    let shown = null;
    document.addEventListener("focusin", (event) => {
      const link = event.target.closest("a[data-row]");
      const found = link && dots.get(link.dataset.row);
      if (!found) return;
      if (shown) shown[0].setStyle(calm(shown[1])).setRadius(7);
      found[0].setStyle(strong(found[1])).setRadius(11).bringToFront();
      shown = found;
    });
  }, () => {
    beside.hidden = true;
    beside.parentElement.classList.remove("has-beside");
  });
})();
