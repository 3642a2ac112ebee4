/* Drawing areas on a page with a pointer, as an aid: what is drawn is written into the fields, which alone are sent. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-page-masking]");
  const drawing = form && form.querySelector("svg.page-areas");
  const rows = form && form.querySelector("[data-rows]");
  if (!drawing || !rows) return;
  const SIDES = ["left", "top", "width", "height"];
  const field = (row, side) => row.querySelector(`[name^="${side}-"]`);
  const number = (text) => Number(String(text).replace(",", ".").replace("%", "").trim());
  const isEmpty = (row) => SIDES.every((side) => !field(row, side).value.trim());

  const redraw = () => {
    drawing.replaceChildren();
    for (const row of rows.children) {
      const removed = row.querySelector('[name^="remove-"]');
      if (isEmpty(row) || (removed && removed.checked)) continue;
      const [x, y, width, height] = SIDES.map((side) => number(field(row, side).value));
      if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) continue;
      drawing.append(rectangle(x, y, width, height));
    }
  };

  const rectangle = (x, y, width, height) => {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) drawn.setAttribute(name, String(value));
    return drawn;
  };

  const emptyRow = () => {
    const found = [...rows.children].find(isEmpty);
    if (found) return found;
    const last = rows.lastElementChild;
    const fresh = last.cloneNode(true);
    const next = String(Number(last.dataset.row) + 1);
    fresh.dataset.row = next;
    fresh.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+/, String(Number(next) + 1)));
    for (const one of fresh.querySelectorAll("[name]")) {
      one.name = one.name.replace(/-\d+$/, `-${next}`);
      one.id = one.name;
      if (one.type === "checkbox") one.checked = false; else if (one.tagName === "INPUT") one.value = "";
    }
    for (const one of fresh.querySelectorAll("label")) one.htmlFor = one.htmlFor.replace(/-\d+$/, `-${next}`);
    for (const one of fresh.querySelectorAll(".area-note")) one.remove();
    rows.append(fresh);
    return fresh;
  };

  const spot = (event) => {
    const box = drawing.getBoundingClientRect();
    const within = (value) => Math.min(100, Math.max(0, value));
    return [within((event.clientX - box.left) * 100 / box.width), within((event.clientY - box.top) * 100 / box.height)];
  };

  let from = null;
  let drawn = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    from = spot(event);
    drawn = rectangle(from[0], from[1], 0, 0);
    drawing.append(drawn);
    drawing.setPointerCapture(event.pointerId);
  });
  const between = (event) => {
    const to = spot(event);
    const left = Math.min(from[0], to[0]), top = Math.min(from[1], to[1]);
    return [left, top, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
  };
  drawing.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y, width, height] = between(event);
    for (const [name, value] of Object.entries({ x, y, width, height })) drawn.setAttribute(name, String(value));
  });
  drawing.addEventListener("pointercancel", () => { from = null; redraw(); });
  drawing.addEventListener("pointerup", (event) => {
    if (!from) return;
    const found = between(event);
    from = null;
    if (found[2] >= 0.5 && found[3] >= 0.3) {
      const row = emptyRow();
      SIDES.forEach((side, place) => { field(row, side).value = found[place].toFixed(1); });
      row.querySelector('[name^="ground-"]').focus({ preventScroll: true });
    }
    redraw();
  });
  rows.addEventListener("input", redraw);
  redraw();
})();
