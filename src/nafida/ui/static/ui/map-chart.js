/* What map.js draws with once Leaflet has come: land, names, controls, the pin, the card at the foot. */
(() => {
  "use strict";
  const DEEPEST = 19;

  const json = (address, signal) =>
    fetch(address, { credentials: "omit", signal }).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
  const node = (kind, name, words) => {
    const made = document.createElement(kind);
    made.className = name;
    if (words !== undefined) made.textContent = words;
    return made;
  };
  const drawing = (box, shapes) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    for (const [kind, facts] of shapes) {
      const shape = document.createElementNS(svg.namespaceURI, kind);
      for (const [name, value] of Object.entries(facts)) shape.setAttribute(name, value);
      svg.append(shape);
    }
    return svg;
  };

  const PIN = [["path", { d: "M20 50C18 42 4 32 4 19a16 16 0 0 1 32 0c0 13-14 23-16 31z" }], ["circle", { cx: 20, cy: 19, r: 6, class: "core" }]];

  class Chart {
    constructor(element, facts) {
      Object.assign(this, { element, facts, words: facts.words, rtl: document.documentElement.dir === "rtl", mover: "page" });
      element.classList.add("map", `map-${facts.mode}`);
      element.dir = "ltr"; // Leaflet places its panes from the left; words inside say their own direction
      const pick = facts.mode === "pick";
      this.map = L.map(element, {
        zoomControl: false, attributionControl: false, minZoom: 7, maxZoom: DEEPEST, scrollWheelZoom: pick ? "center" : false,
        touchZoom: pick ? "center" : true, doubleClickZoom: pick ? "center" : true, keyboardPanDelta: pick ? 24 : 80, maxBoundsViscosity: 0.6,
      });
      element.setAttribute("role", "application");
      element.setAttribute("aria-label", pick ? this.words.pick : this.words.map);
      this.start();
      this.controls();
      this.base();
      if (facts.mode !== "spot" && facts.reports !== false) this.reports = new window.nafida.Reports(this);
      if (pick) this.pin();
      if (facts.mode === "spot" && facts.at) this.spot(facts.at);
      if (!pick) this.map.on("focus click", () => this.map.scrollWheelZoom.enable()).on("blur", () => this.map.scrollWheelZoom.disable());
      if (window.ResizeObserver) new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(element);
      this.ready = json(facts.ground).then((land) => this.land(land), () => undefined);
    }

    start() {
      const { at, bounds, mode, base } = this.facts;
      // Without streets under it, a spot is told by its communes.
      const zoom = mode === "spot" && base.kind === "none" ? 11 : this.facts.zoom;
      if (bounds) {
        this.bounds = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
        this.map.setMaxBounds(this.bounds.pad(0.6));
      }
      if (at) this.map.setView([at[1], at[0]], zoom || 16);
      else if (bounds) this.map.fitBounds(this.bounds, { padding: [8, 8] });
      else this.map.setView([0, 0], 2);
      this.map.setMinZoom(bounds ? Math.min(this.map.getBoundsZoom(this.bounds), this.map.getZoom()) : 2);
    }

    controls() {
      const { words, rtl, facts } = this;
      const corner = rtl ? "topleft" : "topright";
      L.control.zoom({ position: corner, zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(this.map);
      L.control.scale({ imperial: false, position: rtl ? "bottomright" : "bottomleft" }).addTo(this.map);
      if (facts.base.kind !== "none" && facts.base.attribution)
        L.control.attribution({ prefix: false, position: rtl ? "bottomleft" : "bottomright" }).addTo(this.map);
      if (facts.mode === "spot" || facts.locate === false || !navigator.geolocation || !window.isSecureContext) return;
      const locate = L.control({ position: corner });
      locate.onAdd = () => {
        const bar = node("div", "leaflet-bar");
        const button = node("button", "map-locate");
        Object.assign(button, { type: "button", title: words.locate });
        button.setAttribute("aria-label", words.locate);
        button.append(drawing("0 0 24 24", [["circle", { cx: 12, cy: 12, r: 6 }], ["path", { d: "M12 2v4M12 18v4M2 12h4M18 12h4" }]]));
        L.DomEvent.disableClickPropagation(bar).on(button, "click", () => this.locate());
        bar.append(button);
        return bar;
      };
      locate.addTo(this.map);
    }

    locate() {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          this.me(coords.longitude, coords.latitude, coords.accuracy);
          this.mover = "hand";
          this.map.setView([coords.latitude, coords.longitude], 17);
        },
        () => this.card(node("p", "", this.words.lost)),
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
      );
    }

    base() {
      const { kind, url, attribution } = this.facts.base;
      if (kind === "raster") L.tileLayer(url, { attribution, maxZoom: DEEPEST, bounds: this.bounds && this.bounds.pad(0.6) }).addTo(this.map);
      else this.element.classList.add("map-plain");
      const Paper = L.GridLayer.extend({ createTile: () => node("div", "map-paper") });
      if (kind === "none") new Paper({ minZoom: 13, tileSize: 128 }).addTo(this.map); // so that a hand sees the land move
    }

    land(land) {
      this.shapes = land.features;
      const { area } = this.facts;
      const style = (feature) => ({ className: `map-land${feature.id === area ? " is-chosen" : ""}`, interactive: false });
      const drawn = L.geoJSON(land, { style, interactive: false }).addTo(this.map);
      drawn.bringToBack();
      const chosen = area && drawn.getLayers().find((layer) => layer.feature.id === area);
      if (chosen) {
        chosen.bringToFront();
        if (!this.facts.at) this.map.fitBounds(chosen.getBounds(), { padding: [12, 12], animate: false });
      }
      const language = document.documentElement.lang;
      this.names = [...land.features].sort((one, other) => other.properties.people - one.properties.people).map((feature) => {
        const face = node("span", `map-name${feature.id === area ? " is-chosen" : ""}`, feature.properties[language] || feature.properties.ar);
        face.dir = "auto";
        const [lon, lat] = feature.properties.at;
        return L.marker([lat, lon], { icon: L.divIcon({ html: face, className: "map-label", iconSize: [0, 0] }), home: [lat, lon], interactive: false, keyboard: false, pane: "tooltipPane" });
      });
      this.map.on("zoomend", () => this.label());
      this.label();
    }

    /* Names of the larger communes first; one that would lie on another's waits for a closer look. */
    label() {
      const taken = [];
      for (const name of this.names) {
        const { x, y } = this.between(name);
        const half = name.options.icon.options.html.textContent.length * 4 + 8;
        const free = this.map.getZoom() < 16 && taken.every((other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > 22);
        if (free) taken.push({ x, y, half });
        if (free) name.addTo(this.map);
        else name.remove();
      }
    }

    /* The card stands over the foot of the map; closing it gives the focus back. */
    card(words, marker) {
      this.shut();
      const card = node("div", "map-card");
      card.dir = document.documentElement.dir;
      card.setAttribute("role", "dialog");
      card.setAttribute("aria-label", this.words.card);
      card.tabIndex = -1;
      const close = node("button", "map-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", this.words.close);
      card.append(words, close);
      const back = marker && marker.getElement();
      this.shut = () => {
        card.remove();
        this.shut = () => undefined;
        (back && back.isConnected ? back : this.element).focus({ preventScroll: true });
      };
      close.addEventListener("click", () => this.shut());
      card.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Escape") this.shut();
      });
      L.DomEvent.disableClickPropagation(card).disableScrollPropagation(card);
      this.element.append(card);
      card.focus({ preventScroll: true });
    }

    shut() {}

    /* Heaps stand in the middle of squares of 64 pixels: where there are any, a name goes between two rows of them. */
    between(name) {
      const { x, y } = this.map.project(L.latLng(name.options.home));
      const row = this.reports && this.map.getZoom() < 16 ? Math.round(y / 64) * 64 : y;
      name.setLatLng(this.map.unproject([x, row]));
      return { x, y: row };
    }

    pin() {
      const pin = node("div", "map-pin");
      pin.append(drawing("0 0 40 52", PIN));
      this.element.append(pin);
      this.map.on("movestart", () => pin.classList.add("is-moving"));
      this.map.on("moveend", () => {
        pin.classList.remove("is-moving");
        const detail = { ...this.where(), by: this.mover };
        this.mover = "hand";
        this.element.dispatchEvent(new CustomEvent("nafida:pick", { detail, bubbles: true }));
        if (this.facts.onpick) this.facts.onpick(detail);
      });
      this.mover = "hand";
    }

    spot([lon, lat]) {
      if (this.facts.coarse) {
        const high = 250 / 111320;
        const wide = high / Math.cos((lat * Math.PI) / 180);
        L.rectangle([[lat - high, lon - wide], [lat + high, lon + wide]], { className: "map-around", interactive: false }).addTo(this.map);
        return;
      }
      const face = node("span", "map-pin");
      face.append(drawing("0 0 40 52", PIN));
      L.marker([lat, lon], { icon: L.divIcon({ html: face, className: "map-label", iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(this.map);
    }

    where() {
      const { lat, lng } = this.map.getCenter();
      return { lon: +lng.toFixed(6), lat: +lat.toFixed(6), zoom: this.map.getZoom() };
    }

    move(lon, lat, zoom) {
      this.mover = "page";
      this.map.setView([lat, lon], zoom || Math.max(this.map.getZoom(), 16), { animate: false });
    }

    show(query) {
      this.facts.query = query;
      if (this.reports) this.reports.again();
    }

    me(lon, lat, metres) {
      if (this.here) this.here.remove();
      const around = L.circle([lat, lon], { radius: Math.min(metres || 0, 2000), className: "map-around", interactive: false });
      const dot = L.circleMarker([lat, lon], { radius: 7, className: "map-me", interactive: false });
      this.here = L.layerGroup([around, dot]).addTo(this.map);
    }

    area(lon, lat) {
      const inside = (ring) => ring.reduce((odd, [x, y], i) => {
        const [u, v] = ring[i ? i - 1 : ring.length - 1];
        return y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x ? !odd : odd;
      }, false);
      const parts = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);
      const found = (this.shapes || []).find(({ geometry }) => parts(geometry).some(([outer, ...holes]) => inside(outer) && !holes.some(inside)));
      return found ? found.id : null;
    }
  }

  window.nafida.Chart = Chart;
  window.nafida.draw = { node, drawing, json };
})();
