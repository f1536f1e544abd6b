/* The public reports on a map: heaps counted by the server, single ones where there is room, their cards. */
(() => {
  "use strict";
  const DEEPEST = 19;
  const { node, drawing, json } = window.nafida.draw;
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* One sign for each state, told apart by its form as well as by its colour. */
  const SIGNS = {
    received: [["circle", { cx: 14, cy: 14, r: 9 }], ["circle", { cx: 14, cy: 14, r: 3, class: "core" }]],
    in_hand: [["path", { d: "M14 2.5 25.5 14 14 25.5 2.5 14z" }], ["path", { d: "M9 14h10", class: "line" }]],
    ended: [["rect", { x: 4, y: 4, width: 20, height: 20, rx: 6 }], ["path", { d: "m9 14.5 3.5 3.5 7-8", class: "line" }]],
  };
  const signOf = (state) => (state === "answered" || state === "closed" ? "ended" : state);
  const sign = (state) => {
    const made = node("span", `map-sign map-${state}`);
    made.append(drawing("0 0 28 28", SIGNS[state]));
    return made;
  };

  /* A heap: its number, in a ring whose arcs are the shares of the states, each of another width. */
  const heapIcon = (heap, square) => {
    const total = heap.received + heap.in_hand + heap.ended;
    const size = square ? 44 : Math.min(64, 34 + 7 * Math.log10(total) * 1.6);
    const face = node("span", `map-heap${square ? " map-square" : ""}`);
    const shapes = square ? [["rect", { x: 2, y: 2, width: 44, height: 44, rx: 4, class: "back" }]] : [["circle", { cx: 24, cy: 24, r: 21, class: "back" }]];
    let turn = 0;
    if (!square) for (const state of ["received", "in_hand", "ended"]) {
      const part = (heap[state] / total) * 100;
      if (part) shapes.push(["circle", { cx: 24, cy: 24, r: 20, pathLength: 100, class: `arc map-${state}`, "stroke-dasharray": `${part} ${100 - part}`, "stroke-dashoffset": 25 - turn }]);
      turn += part;
    }
    face.append(drawing("0 0 48 48", shapes), node("b", "", total > 9999 ? `${Math.round(total / 1000)}k` : total));
    return { face, size, total };
  };

  class Reports {
    constructor(chart) {
      Object.assign(this, { chart, map: chart.map, words: chart.words, alive: chart.facts.mode === "view" });
      // A tile of twice the size asks for the tile of one zoom less, whose squares are then wide enough for a thumb.
      const facts = { tileSize: 512, bounds: chart.bounds, updateWhenZooming: false, keepBuffer: 1 };
      this.layer = new (L.GridLayer.extend({ createTile: (at, done) => this.tile(at, done) }))(facts);
      this.layer.on("tileunload", ({ tile }) => {
        tile.stop.abort();
        tile.heaps.remove();
      });
      this.layer.on("loading", () => chart.element.setAttribute("aria-busy", "true"));
      this.layer.on("load", () => chart.element.setAttribute("aria-busy", "false"));
      this.layer.addTo(this.map);
    }

    again() {
      this.layer.redraw();
    }

    tile(at, done) {
      const tile = node("div", "");
      tile.heaps = L.layerGroup();
      tile.stop = new AbortController();
      const { tiles, query } = this.chart.facts;
      json(filled(tiles, { x: at.x, y: at.y, z: at.z - 1 }) + (query ? `?${query}` : ""), tile.stop.signal).then((told) => {
        this.fill(tile.heaps, told);
        if (!tile.stop.signal.aborted) tile.heaps.addTo(this.map);
        done(null, tile);
      }).catch((wrong) => done(wrong, tile));
      return tile;
    }

    fill(group, told) {
      for (const heap of told.clusters) this.heap(group, heap, false);
      for (const heap of told.squares) this.heap(group, heap, true);
      for (const point of told.points) {
        const state = signOf(point.state);
        const marker = this.marker(group, point, sign(state), 36, filled(this.words.one, { state: this.words[state] }));
        marker.on("click", () => this.open(point, marker));
      }
    }

    heap(group, heap, square) {
      const { face, size, total } = heapIcon(heap, square);
      const told = filled(this.words[square ? "square" : "heap"], { ...heap, total });
      const marker = this.marker(group, heap, face, size, told);
      marker.on("click", () => {
        const zoom = this.map.getZoom();
        if (zoom >= (square ? 15 : DEEPEST)) this.chart.card(node("p", "", told), marker);
        else this.map.setView([heap.lat, heap.lon], Math.min(zoom + 2, DEEPEST));
      });
    }

    marker(group, { lon, lat }, face, size, told) {
      const icon = L.divIcon({ html: face, className: "map-mark", iconSize: [size, size] });
      const marker = L.marker([lat, lon], { icon, title: told, interactive: this.alive, keyboard: this.alive, riseOnHover: true });
      marker.on("add", () => this.alive && marker.getElement().setAttribute("aria-label", told));
      // Leaflet opens its own popups by key, and nothing else.
      marker.on("keypress", ({ originalEvent }) => {
        if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
        originalEvent.preventDefault();
        marker.fire("click");
      });
      return marker.addTo(group);
    }

    open(point, marker) {
      fetch(this.chart.facts.card.replace("REFERENCE", point.reference))
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
        .then((text) => {
          const words = node("div", "");
          words.innerHTML = text;
          this.chart.card(words, marker);
        })
        .catch(() => this.chart.card(node("p", "", this.words.lost_card), marker));
    }
  }

  window.nafida.Reports = Reports;
})();
