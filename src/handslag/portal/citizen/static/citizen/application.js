/* The application saves itself. A press on a button waits until a saving under way has told its version. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-application]");
  const saved = document.getElementById("saved");
  if (!form || !saved) return;
  let pressed = null;

  form.addEventListener("submit", (event) => {
    if (!saved.classList.contains("htmx-request")) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter;
  }, true);

  saved.addEventListener("htmx:afterRequest", () => {
    if (!pressed) return;
    const button = pressed;
    pressed = null;
    form.requestSubmit(button);
  });

  /* What was typed just before the press is in the sent form already. */
  saved.addEventListener("htmx:beforeRequest", (event) => {
    if (form.dataset.sent) event.preventDefault();
  });
})();
