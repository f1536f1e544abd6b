/* A position is chosen on a map as well as written: the pin writes it, what is written moves the pin. */
(() => {
  "use strict";
  const chooser = document.querySelector("[data-position-map]");
  const field = chooser && document.getElementById(chooser.dataset.positionMap);
  if (!field || !window.nafida) return;
  const read = () => {
    const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(field.value);
    return found && Math.abs(found[1]) <= 90 ? { lat: Number(found[1]), lon: Number(found[2]) } : null;
  };
  let map = null;
  const onpick = ({ lat, lon, by }) => {
    if (map && by === "hand") field.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`;
  };
  const go = () => {
    const written = read();
    if (map && written) map.move(written.lon, written.lat, 16);
  };
  chooser.hidden = false;
  chooser.setAttribute("aria-busy", "true");
  field.addEventListener("change", go);
  window.nafida.map(chooser.querySelector(".map"), { mode: "pick", reports: false, onpick }).then((ready) => {
    map = ready;
    go();
    chooser.removeAttribute("aria-busy");
  }, () => { chooser.hidden = true; });
})();
