/* The note's page: keeps what is written in the browser until the server has it, and takes dictation where that is set up. */
(() => {
  "use strict";
  const drafts = window.handslagDrafts;
  const page = document.querySelector("[data-drafts][data-note]");
  const form = document.getElementById("note-form");
  if (!drafts || !page || !form) return;
  const { whose, note, land } = page.dataset;
  const box = document.getElementById("away");
  const body = form.elements.body;
  const opened = Date.now();
  let sending = false;

  const version = () => { const all = form.querySelectorAll("[name=version]"); return all[all.length - 1]; };
  /* The four that every note has stand by name; `rest` is whatever else the form asks (a talk's kind, the consent, why), and
     `said` the same in words for the page for being away. */
  const OWN = ["subject", "kind", "happened_on", "body"];
  const NEVER = [...OWN, "version", "csrfmiddlewaretoken", "template"];
  const others = () => [...form.elements].filter((one) => one.name && !NEVER.includes(one.name) && "value" in one && !["submit", "button", "file"].includes(one.type));
  const rest = () => {
    const found = {};
    for (const one of others()) {
      if (one.type === "radio" || one.type === "checkbox") { found[one.name] ??= ""; if (one.checked) found[one.name] = one.value; }
      else found[one.name] = one.value;
    }
    return found;
  };
  const inWords = () => others().filter((one) => one.type !== "hidden" && one.value && (one.checked || !["radio", "checkbox"].includes(one.type))).map((one) => {
    const label = (one.labels?.[0]?.textContent || "").trim().replace(/\s+/g, " ");
    return `${label} ${one.options ? one.options[one.selectedIndex].text.trim() : one.type === "radio" || one.type === "checkbox" ? "" : one.value.trim()}`.trim();
  });
  const putBack = (kept) => {
    for (const one of others()) {
      if (!(one.name in kept)) continue;
      if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === kept[one.name];
      else one.value = kept[one.name];
    }
  };
  const written = () => ({
    subject: form.elements.subject.value, kind: form.elements.kind.value, happened_on: form.elements.happened_on.value,
    body: body.value, rest: rest(), said: inWords(), version: Number(version()?.value || 0), since: opened, land, page: location.pathname,
  });
  const whole = (one) => JSON.stringify([...OWN.map((name) => one[name]), one.rest || {}]);
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const tell = (words, theirs) => {
    box.replaceChildren();
    box.hidden = !words;
    if (!words) return;
    const said = document.createElement("p");
    said.className = "ds-paragraph strong";
    said.textContent = words;
    box.append(said);
    if (theirs === undefined) return;
    const text = document.createElement("div");
    text.className = "written kept-lines";
    text.textContent = theirs;
    box.append(text);
  };

  /* Everything written is in the browser's own encrypted store at once, one save at a time, the latest text last; it leaves
     the store when the server has that very text. */
  let saving = null, again = false, changed = false, posted = null;
  const keep = () => {
    changed = true;
    if (saving) { again = true; return saving; }
    saving = drafts.keep(whose, note, written()).catch(() => tell(page.dataset.nostore)).then(() => {
      saving = null;
      if (again) { again = false; return keep(); }
      return undefined;
    });
    return saving;
  };
  const landed = async (sent) => {
    await saving;
    if (whole(written()) !== sent) return keep();
    changed = false;
    return drafts.drop(note);
  };
  /* Both texts have been shown: only what is written after that goes over the other window's text. */
  let joins = "";
  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    if (joins) { version().value = joins; joins = ""; }
    keep();
  });
  form.addEventListener("submit", () => { drafts.keep(whose, note, written(), true); });
  const away = async () => {
    if (changed) await keep();
    tell(`${page.dataset.away} ${clock()}`);
  };

  const settle = async (sent, answer) => {
    if (answer.state === "saved") {
      version().value = String(answer.version);
      await landed(whole(sent));
      tell(answer.news > 0 ? `${page.dataset.landed} ${page.dataset.news.replace("{number}", answer.news)}` : page.dataset.landed);
    } else if (answer.state === "conflict") {
      joins = String(answer.version);
      await keep();
      tell(page.dataset.conflict, answer.theirs);
    } else if (answer.state === "wrong") tell(`${page.dataset.wrong} ${answer.what.join(" ")}`);
    else if (answer.state === "logged_out") tell(page.dataset.login);
    else if (answer.state === "signed" || answer.state === "gone") tell(page.dataset[answer.state]);
    else await away();
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      const given = await drafts.pass();
      if (given === null) await away();
      else if (given.whose !== whose) tell(page.dataset.login);
      else { const sent = written(); await settle(sent, await drafts.land(given, sent)); }
    } finally { sending = false; }
  };
  addEventListener("online", () => { if (changed) send(); else tell(""); });
  addEventListener("offline", away);
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, away));
  document.addEventListener("htmx:beforeRequest", () => { posted = whole(written()); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (!event.detail.successful || !answer || !answer.responseText.includes("data-saved")) return;
    landed(posted).then(() => { if (!changed) tell(""); });
  });
  setInterval(() => { if (!box.hidden && navigator.onLine) drafts.get(whose, note).then((kept) => { if (kept && !box.querySelector(".written")) send(); }); }, 20000);

  /* What waited in the browser when the page was closed without coverage. */
  drafts.get(whose, note).then((kept) => {
    if (!kept) return;
    if (whole(kept) === whole(written())) { drafts.drop(note); return; }
    for (const name of OWN) form.elements[name].value = kept[name];
    putBack(kept.rest || {});
    version().value = String(kept.version);
    changed = true;
    send();
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(page.dataset.worker, { scope: page.dataset.scope }).catch(() => {});

  /* Dictation: recorded here, sent to our own server, and only the text comes back. The recording is kept until it has. */
  const desk = document.getElementById("dictation");
  if (!desk || !navigator.mediaDevices || !window.MediaRecorder) return;
  const start = desk.querySelector("[data-start]"), retry = desk.querySelector("[data-again]"), said = desk.querySelector("[role=status]");
  let recorder = null, recording = null, ends = 0;
  desk.hidden = false;
  const put = (text) => {
    const [from, to] = [body.selectionStart, body.selectionEnd];
    const before = body.value.slice(0, from);
    const gap = before && !/\s$/.test(before) ? " " : "";
    body.setRangeText(gap + text + " ", from, to, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const post = async () => {
    retry.hidden = true;
    said.textContent = desk.dataset.reading;
    const given = await drafts.pass();
    if (!given || given.whose !== whose) { said.textContent = given ? page.dataset.login : desk.dataset.away; retry.hidden = false; return; }
    const fields = new FormData();
    fields.append("speech", recording, "speech");
    try {
      const answer = await fetch(desk.dataset.speech, { method: "POST", body: fields, headers: { "X-CSRFToken": given.token } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      put(told.text);
      recording = null;
      said.textContent = desk.dataset.done;
    } catch (fault) {
      said.textContent = fault instanceof TypeError || fault instanceof SyntaxError ? desk.dataset.away : fault.message;
      retry.hidden = false;
    }
  };
  const stop = () => { clearTimeout(ends); recorder?.stop(); };
  start.addEventListener("click", async () => {
    if (recorder) { stop(); return; }
    if (recording && !window.confirm(desk.dataset.replace)) return;
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch (_) { said.textContent = desk.dataset.refused; return; }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      recording = new Blob(parts, { type: recorder.mimeType });
      recorder = null;
      start.setAttribute("aria-pressed", "false");
      start.querySelector("span").textContent = desk.dataset.begin;
      post();
    });
    recorder.start();
    ends = setTimeout(stop, Number(desk.dataset.seconds) * 1000);
    start.setAttribute("aria-pressed", "true");
    start.querySelector("span").textContent = desk.dataset.stop;
    said.textContent = desk.dataset.listening;
  });
  retry.addEventListener("click", post);
  addEventListener("beforeunload", (event) => { if (recorder || recording) event.preventDefault(); });
})();
