// Rectangles over a photo: drawn with a pointer, moved with arrows; each is one hidden field of the form, in per cent.
"use strict";
(() => {
  const stage = document.querySelector("[data-blur]");
  const tools = document.querySelector("[data-blur-tools]");
  if (!stage || !tools) return;
  tools.hidden = false;
  const clamp = (value, most) => Math.min(Math.max(value, 0), most);

  const place = (box) => {
    const { x, y, w, h } = box.area;
    Object.assign(box.style, { left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` });
    box.field.value = [x, y, w, h].map((part) => part.toFixed(2)).join(" ");
  };

  const add = (area) => {
    const box = document.createElement("button");
    const field = document.createElement("input");
    box.type = "button";
    box.className = "blur-area";
    box.setAttribute("aria-label", `${stage.dataset.label} ${stage.querySelectorAll(".blur-area").length + 1}`);
    box.setAttribute("aria-describedby", "how");
    field.type = "hidden";
    field.name = "area";
    Object.assign(box, { area, field });
    stage.append(box, field);
    place(box);
    return box;
  };

  const remove = (box) => {
    box.field.remove();
    box.remove();
  };

  const at = (event) => {
    const frame = stage.getBoundingClientRect();
    return [
      clamp(((event.clientX - frame.left) / frame.width) * 100, 100),
      clamp(((event.clientY - frame.top) / frame.height) * 100, 100),
    ];
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest(".blur-area")) return;
    event.preventDefault();
    const [left, top] = at(event);
    const box = add({ x: left, y: top, w: 0, h: 0 });
    stage.setPointerCapture(event.pointerId);
    const draw = (moved) => {
      const [x, y] = at(moved);
      box.area = { x: Math.min(left, x), y: Math.min(top, y), w: Math.abs(x - left), h: Math.abs(y - top) };
      place(box);
    };
    const done = () => {
      stage.removeEventListener("pointermove", draw);
      if (box.area.w < 0.5 || box.area.h < 0.5) remove(box);
      else box.focus();
    };
    stage.addEventListener("pointermove", draw);
    stage.addEventListener("pointerup", done, { once: true });
    stage.addEventListener("pointercancel", done, { once: true });
  });

  stage.addEventListener("keydown", (event) => {
    const box = event.target.closest(".blur-area");
    if (!box) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      remove(box);
      tools.querySelector("button").focus();
      return;
    }
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { area } = box;
    if (event.shiftKey) {
      area.w = Math.max(1, clamp(area.w + step[0], 100 - area.x));
      area.h = Math.max(1, clamp(area.h + step[1], 100 - area.y));
    } else {
      area.x = clamp(area.x + step[0], 100 - area.w);
      area.y = clamp(area.y + step[1], 100 - area.h);
    }
    place(box);
  });

  tools.querySelector("[data-do=add]").addEventListener("click", () => {
    add({ x: 40, y: 40, w: 20, h: 20 }).focus();
  });
})();
