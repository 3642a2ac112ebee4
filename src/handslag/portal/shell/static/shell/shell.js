/* What every page does a little better with scripts; each page works without them. */
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const dialogOf = (id) => document.getElementById(id);
  document.querySelectorAll("[data-opens]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const opens = target.closest("[data-opens]");
    if (opens) dialogOf(opens.dataset.opens)?.showModal();
    const closes = target.closest("[data-closes]");
    if (closes) closes.closest("dialog")?.close();
    const exit = target.closest("[data-quick-exit]");
    if (exit) { event.preventDefault(); leave(exit.href); }
    const prints = target.closest("[data-print]");
    if (prints) window.print();
  });

  /* Replaces the page, so that the way back leads past it as far as the browser lets. */
  const leave = (address) => {
    document.title = "";
    document.body.replaceChildren();
    try { sessionStorage.clear(); history.replaceState(null, "", "/"); } catch (_) { /* the browser refuses; leave all the same */ }
    location.replace(address);
  };

  /* Single keys work outside fields only: "?" lists them; [data-key] elements are clicked by theirs. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.key === "Escape") { document.querySelector("details.menu[open]")?.removeAttribute("open"); return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); dialogOf("shortcuts")?.showModal(); return; }
    const chosen = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (chosen) { event.preventDefault(); chosen.click(); }
  });

  /* A form is sent once: the second press of the same button does nothing while the first is under way. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || form.target === "_blank" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }));

  /* Fields that belong to one answer are shown with it: data-shown-when="name=value". Without scripts all are shown. */
  const settle = (root) => root.querySelectorAll("[data-shown-when]").forEach((part) => {
    const [name, value] = part.dataset.shownWhen.split("=");
    const form = part.closest("form");
    const chosen = form ? new FormData(form).getAll(name) : [];
    part.hidden = !chosen.includes(value);
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.form) settle(event.target.form);
  });
  settle(document);
  document.addEventListener("htmx:afterSwap", (event) => settle(event.target));

  /* The chosen files by name, so that a photo taken is seen to have been taken. */
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== "file") return;
    const told = document.getElementById(`${field.id}_chosen`);
    if (told) told.textContent = Array.from(field.files ?? [], (file) => file.name).join(", ");
  });
})();
