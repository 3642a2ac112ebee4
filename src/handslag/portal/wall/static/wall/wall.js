/* Asks for the numbers each second with the mark of the last answer, moves what changed, and says when nobody answers. */
(() => {
  "use strict";
  const figures = document.getElementById("figures");
  const lost = document.getElementById("lost");
  let etag = figures.dataset.etag;
  let heard = new Date();
  let before = new Map();
  const read = () => new Map(Array.from(figures.querySelectorAll("[data-number]"), (e) => [e.dataset.number, e.textContent]));
  const clock = (when) => when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  document.body.addEventListener("htmx:configRequest", (event) => { event.detail.headers["If-None-Match"] = etag; });
  document.body.addEventListener("htmx:beforeSwap", () => { before = read(); });
  document.body.addEventListener("htmx:afterSwap", () => {
    figures.querySelectorAll("[data-number]").forEach((e) => {
      if (before.has(e.dataset.number) && before.get(e.dataset.number) !== e.textContent) e.classList.add("changed");
    });
  });
  const say = (words) => { if (lost.textContent !== words) lost.textContent = words; lost.hidden = false; };
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (answer && (answer.status === 200 || answer.status === 304)) {
      etag = answer.getResponseHeader("ETag") || etag;
      heard = new Date();
      lost.hidden = true;
    } else if (answer && answer.status === 401) {
      say(lost.dataset.out);
    } else {
      say(`${lost.dataset.lost} ${clock(heard)}`);
    }
  });
  /* A screen is never closed by anybody: it reads its own files anew once a night. */
  setTimeout(() => location.reload(), 24 * 3600 * 1000);
})();
