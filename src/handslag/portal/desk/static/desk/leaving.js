/* The log-out: notes that wait in this browser would be removed, so it says how many there are before they are. */
(() => {
  "use strict";
  const drafts = window.handslagDrafts;
  const form = document.querySelector("form[data-leaving]");
  const told = document.getElementById("leaving");
  if (!drafts || !form || !told) return;
  drafts.count().then((waiting) => {
    if (!waiting) return;
    told.querySelector("[data-number]").textContent = String(waiting);
    told.hidden = false;
    form.querySelector("button").textContent = form.dataset.lose;
  });
  form.addEventListener("submit", () => { drafts.wipe(); });
})();
