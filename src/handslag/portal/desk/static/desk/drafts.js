/* Drafts that could not be sent, kept in this browser: encrypted with a key that no script can take out, under the mark of
   one account, and removed after some hours and at log-out. Used by the note's page, the page for being away, the log-out. */
(() => {
  "use strict";
  const frame = document.querySelector("[data-drafts]");
  const hours = Number(frame?.dataset.hours) || 36;
  const passAddress = frame?.dataset.pass;

  const opened = () => new Promise((done, failed) => {
    const asked = indexedDB.open("handslag-drafts", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys", { keyPath: "whose" });
      asked.result.createObjectStore("drafts", { keyPath: "note" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const told = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const store = async (name, mode, act) => {
    const base = await opened();
    try { return await told(act(base.transaction(name, mode).objectStore(name))); } finally { base.close(); }
  };

  const keyOf = async (whose) => {
    const known = await store("keys", "readonly", (keys) => keys.get(whose));
    if (known) return known.key;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await store("keys", "readwrite", (keys) => keys.put({ whose, key, at: Date.now() }));
    return key;
  };

  /* What is older than the hours of the municipality is removed, and keys that no draft needs. */
  const forgetOld = async () => {
    const limit = Date.now() - hours * 3600 * 1000;
    const drafts = await store("drafts", "readonly", (all) => all.getAll());
    const left = new Set();
    for (const one of drafts) {
      if (one.at < limit) await store("drafts", "readwrite", (all) => all.delete(one.note));
      else left.add(one.whose);
    }
    for (const key of await store("keys", "readonly", (all) => all.getAll())) {
      if (key.at && key.at < limit && !left.has(key.whose)) await store("keys", "readwrite", (all) => all.delete(key.whose));
    }
  };

  /* `sent`: a plain form with this text is on its way; the next page that comes from the server removes the copy. */
  const keep = async (whose, note, content, sent = false) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(whose), plain);
    const known = await store("drafts", "readonly", (all) => all.get(note));
    await store("drafts", "readwrite", (all) => all.put({ note, whose, iv, data, sent, at: known?.whose === whose ? known.at : Date.now() }));
  };
  const read = async (row) => {
    const key = await store("keys", "readonly", (keys) => keys.get(row.whose));
    if (!key) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key.key, row.data);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (_) { return null; }
  };
  /* Without coverage nobody can be asked who it is: the account that last opened a note here sees its own drafts alone. */
  const all = async () => {
    await forgetOld();
    const last = await store("keys", "readonly", (keys) => keys.get("last"));
    const rows = await store("drafts", "readonly", (drafts) => drafts.getAll());
    const found = [];
    for (const row of rows) {
      if (row.whose !== last?.of) continue;
      const content = await read(row);
      if (content) found.push({ note: row.note, whose: row.whose, content });
    }
    return found;
  };
  const get = async (whose, note) => {
    await forgetOld();
    const row = await store("drafts", "readonly", (drafts) => drafts.get(note));
    return row && row.whose === whose ? read(row) : null;
  };
  const drop = (note) => store("drafts", "readwrite", (drafts) => drafts.delete(note));
  const count = async () => (await store("drafts", "readonly", (drafts) => drafts.getAll())).filter((one) => !one.sent).length;
  const sweep = async () => {
    const rows = await store("drafts", "readonly", (drafts) => drafts.getAll());
    for (const one of rows) if (one.sent) await drop(one.note);
  };
  const wipe = () => new Promise((done) => {
    const asked = indexedDB.deleteDatabase("handslag-drafts");
    asked.onsuccess = asked.onerror = asked.onblocked = () => done();
  });

  /* The right to send now: null without coverage, {whose: ""} when nobody is logged in. */
  const pass = async () => {
    try {
      const answer = await fetch(passAddress, { headers: { Accept: "application/json" }, cache: "no-store" });
      const kind = answer.headers.get("Content-Type") || "";
      return answer.ok && kind.includes("json") ? await answer.json() : { whose: "" };
    } catch (_) { return null; }
  };
  const land = async (given, content) => {
    const fields = new URLSearchParams({
      ...(content.rest || {}), subject: content.subject, kind: content.kind, happened_on: content.happened_on, body: content.body,
      version: String(content.version), since: String(content.since || 0),
    });
    try {
      const answer = await fetch(content.land, { method: "POST", body: fields, headers: { "X-CSRFToken": given.token } });
      const kind = answer.headers.get("Content-Type") || "";
      return kind.includes("json") ? await answer.json() : { state: answer.redirected || answer.status === 403 ? "logged_out" : "away" };
    } catch (_) { return { state: "away" }; }
  };

  if (frame?.dataset.whose) store("keys", "readwrite", (keys) => keys.put({ whose: "last", of: frame.dataset.whose }));
  if (frame?.hasAttribute("data-sweep")) sweep();
  window.handslagDrafts = { keep, get, all, drop, count, wipe, pass, land };
})();
