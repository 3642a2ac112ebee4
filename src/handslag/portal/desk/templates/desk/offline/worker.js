{% load static %}/* Keeps one page that opens without coverage, and what it is drawn with. Nothing about anybody is kept here:
   drafts lie encrypted in the page's own store (drafts.js). */
"use strict";
const KEPT = "handslag-away-1";
const PAGE = "{% url 'desk-offline' %}";
const PARTS = [
  "{% static 'vendor/designsystemet.css' %}", "{% static 'shell/shell.css' %}", "{% static 'desk/desk.css' %}",
  "{% static 'vendor/inter-latin.woff2' %}", "{% static 'desk/drafts.js' %}", "{% static 'desk/away.js' %}",
];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([PAGE, ...PARTS])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
      .then(() => clients.claim())
  );
});

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  } else if (PARTS.includes(address.pathname)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(address.pathname)));
  }
});
