/* The whole report stands in one place of the browser's history: pages are changed within it (htmx), and leaving fast
   erases the draft before the page is replaced. */
(() => {
  "use strict";
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!(event.target instanceof Element) || event.target.id !== "main") return;
    const place = event.target.querySelector("ds-error-summary, h1");
    if (!place) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-quick-exit]")) return;
    try {
      const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
      fetch("/anmal-oro/radera/?fast", { method: "POST", headers, keepalive: true, credentials: "same-origin" });
    } catch (_) { /* leave all the same; what was written is erased within a day */ }
  }, true);
})();
