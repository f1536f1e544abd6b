/* Photos of a report: made small on the phone and sent one by one while the rest is filled in. What does not get
   through goes with the form as ever. Sentences and addresses stand on [data-photos]. */
"use strict";
(() => {
  const box = document.querySelector("[data-photos]");
  const input = box && box.querySelector("input[type=file]");
  if (!input || !window.DataTransfer) return;
  const form = input.form;
  input.classList.add("hidden-words"); // what is chosen is shown as pictures; the button is its label
  const words = box.dataset;
  const LONGEST = 1280, HEAVIEST = 200 * 1024, PAUSES = [2000, 6000];
  const rows = []; // {file, state: "waiting" | "sending" | "sent" | "failed", key, item, request}
  let running = null;

  const make = (tag, facts = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), facts);
    made.append(...inside);
    return made;
  };
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  /** At most 1280 pixels and 200 KB as JPEG; the file itself where this browser cannot read it (HEIC). */
  const shrink = async (file) => {
    if (file.size <= HEAVIEST && file.type === "image/jpeg") return file;
    let picture;
    try { picture = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return file; }
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d");
    let made = null;
    for (const [side, quality] of [[LONGEST, 0.8], [LONGEST, 0.6], [LONGEST, 0.45], [900, 0.5], [640, 0.4]]) {
      const ratio = Math.min(1, side / Math.max(picture.width, picture.height));
      canvas.width = Math.max(1, Math.round(picture.width * ratio));
      canvas.height = Math.max(1, Math.round(picture.height * ratio));
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
      made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (made && made.size <= HEAVIEST) break;
    }
    picture.close();
    return made ? new File([made], "photo.jpg", { type: "image/jpeg" }) : file;
  };

  /** [longitude, latitude] of the TIFF that begins at `base`, as every kind of photo holds its EXIF; null without. */
  const placeIn = (view, base) => {
    const little = view.getUint16(base) === 0x4949;
    const short = (place) => view.getUint16(place, little);
    const long = (place) => view.getUint32(place, little);
    const tags = (place) => new Map(Array.from({ length: short(place) }, (_, n) => place + 2 + 12 * n).map((row) => [short(row), row]));
    const link = tags(base + long(base + 4)).get(0x8825);
    if (!link) return null;
    const found = tags(base + long(link + 8));
    const degrees = (tag) => [0, 8, 16].reduce((sum, step, n) => {
      const place = base + long(found.get(tag) + 8) + step;
      return sum + long(place) / long(place + 4) / 60 ** n;
    }, 0);
    const sign = (tag, letter) => (String.fromCharCode(view.getUint8(found.get(tag) + 8)) === letter ? -1 : 1);
    const [lat, lon] = [degrees(2) * sign(1, "S"), degrees(4) * sign(3, "W")];
    return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && (lat || lon) ? [lon, lat] : null;
  };
  /** Where a photo was taken, read before shrinking loses it: JPEG tells it in its head, HEIC, PNG, WebP anywhere. */
  const takenAt = async (file) => {
    const part = file.slice(0, (file.type === "image/jpeg" ? 256 : 24 * 1024) * 1024);
    const bytes = new Uint8Array(await part.arrayBuffer());
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 8 < bytes.length; at += 1) {
      if (bytes[at] !== bytes[at + 1] || (bytes[at] !== 0x4d && bytes[at] !== 0x49)) continue;
      const head = view.getUint32(at);
      if (head !== 0x4d4d002a && head !== 0x49492a00) continue;
      try {
        const place = placeIn(view, at);
        if (place) return place;
      } catch { /* letters of the picture itself, or an EXIF that is broken */ }
    }
    return null;
  };

  const hidden = (name, value) => {
    const field = form.elements[name] || form.appendChild(make("input", { type: "hidden", name }));
    field.value = value;
  };
  const body = (facts) => {
    const data = new FormData();
    data.set("form_key", form.elements.form_key.value);
    if (form.elements.draft) data.set("draft", form.elements.draft.value);
    for (const [name, value] of Object.entries(facts)) data.set(name, value);
    return data;
  };
  const send = (row) => new Promise((done) => {
    const request = row.request = new XMLHttpRequest();
    const bar = row.item.querySelector("progress");
    request.open("POST", words.address);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    request.onloadend = () => done(request);
    request.send(body({ photo: row.file }));
  });

  const tell = (row, text) => { row.item.querySelector("[data-state]").textContent = text; };
  const state = (row, now) => {
    row.state = now;
    row.item.querySelector("progress").hidden = now === "sent" || now === "failed";
    row.item.querySelector("[data-again]").hidden = now !== "failed";
    tell(row, now === "sent" ? words.sent : now === "failed" ? words.later : "");
  };

  const offer = ([lon, lat]) => form.dispatchEvent(new CustomEvent("nafida:photo-place", { detail: { lon, lat } }));

  const bring = async (row) => {
    for (let tries = 0; rows.includes(row); tries += 1) {
      state(row, "sending");
      const { status, response } = await send(row);
      if (status === 200 && response) {
        hidden("draft", response.draft);
        hidden("form_key", response.form_key);
        row.key = response.key;
        form.dispatchEvent(new CustomEvent("nafida:kept"));
        if (response.place) offer(response.place); // one that the phone could not read
        if (rows.includes(row)) state(row, "sent");
        else forget(row);
        return;
      }
      if (status === 422 && response) {
        drop(row);
        box.querySelector("[data-photos-said]").textContent = response.error;
        return;
      }
      if (tries >= PAUSES.length) break;
      await pause(PAUSES[tries]);
    }
    if (rows.includes(row)) state(row, "failed");
  };
  const run = () => {
    running = running || (async () => {
      for (let row; (row = rows.find((each) => each.state === "waiting"));) await bring(row);
      running = null;
    })();
    return running;
  };

  const forget = (row) => row.key && fetch(words.address, { method: "POST", body: body({ remove: row.key }) }).catch(() => undefined);
  const drop = (row) => {
    rows.splice(rows.indexOf(row), 1);
    if (row.state === "sending" && row.request) row.request.abort();
    URL.revokeObjectURL(row.item.querySelector("img").src);
    row.item.remove();
    forget(row);
  };
  const show = (row) => {
    const name = `${words.name} ${box.querySelectorAll("[data-waiting]").length + rows.length}`;
    const remove = make("button", { type: "button", className: "button quiet", textContent: words.remove, onclick: () => { drop(row); input.focus(); } });
    remove.setAttribute("aria-label", `${words.remove}: ${name}`);
    const again = make("button", { type: "button", className: "button secondary", textContent: words.again, hidden: true, onclick: () => { state(row, "waiting"); run(); } });
    again.dataset.again = "";
    const said = make("p", { className: "meta" });
    said.dataset.state = "";
    said.setAttribute("role", "status");
    const bar = make("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", name);
    const picture = make("img", { src: URL.createObjectURL(row.file), alt: name });
    row.item = make("li", {}, make("span", {}, picture), bar, said, again, remove);
    box.querySelector("[data-sent-now]").append(row.item);
  };

  input.addEventListener("change", async () => {
    const said = box.querySelector("[data-photos-said]");
    said.textContent = "";
    const chosen = [...input.files];
    input.value = "";
    const room = Number(words.most) - rows.length - box.querySelectorAll("[data-waiting]").length;
    if (chosen.length > room) said.textContent = words.full;
    for (const file of chosen.slice(0, Math.max(0, room))) {
      const place = await takenAt(file);
      const row = { file: await shrink(file), state: "waiting" };
      rows.push(row);
      show(row);
      run();
      if (place) offer(place);
    }
  });

  let ready = false;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || ready || !rows.some((row) => row.state !== "sent")) return;
    event.preventDefault();
    const { submitter } = event;
    const sending = form.querySelector("[data-sending]");
    sending.textContent = sending.dataset.photos;
    await run();
    const left = new DataTransfer();
    for (const row of rows) if (row.state !== "sent") left.items.add(row.file);
    input.files = left.files;
    ready = true;
    if (submitter) form.requestSubmit(submitter);
    else form.requestSubmit();
  });
  window.addEventListener("pageshow", () => { ready = false; });
})();
