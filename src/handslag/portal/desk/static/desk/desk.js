/* The calculation by keys: j and k move between its lines, Enter opens the form of the line that has focus. */
(() => {
  "use strict";
  const lines = () => Array.from(document.querySelectorAll("[data-line]"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const all = lines();
    const here = all.indexOf(event.target.closest("[data-line]"));
    if (event.key === "Enter" && here >= 0 && event.target === all[here]) {
      all[here].querySelector(".act a")?.click();
      return;
    }
    if (event.key !== "j" && event.key !== "k") return;
    const next = all[event.key === "j" ? here + 1 : Math.max(here, 1) - 1];
    if (!next) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus();
  });
  // The browser scrolls to what the address names when all is loaded, and takes the focus away: so afterwards.
  const asked = document.querySelector("#andra input:not([type=hidden]), #ny-rad select");
  const waiting = location.hash.startsWith("#section-") ? document.getElementById(location.hash.slice(1)) : null;
  const first = asked || waiting?.parentElement?.querySelector("form button") || (location.hash === "#sum" && document.querySelector("#sum a"));
  if (first) addEventListener("load", () => setTimeout(() => first.focus(), 0));
})();
