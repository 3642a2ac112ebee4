/* The page for being without coverage: shows the drafts that wait, lets them be written on, and sends them when it can. */
(() => {
  "use strict";
  const drafts = window.handslagDrafts;
  const list = document.getElementById("away-drafts");
  const state = document.getElementById("away-state");
  const shape = document.getElementById("away-draft");
  if (!drafts || !list || !shape) return;
  const cards = new Map();

  const draw = (one, place) => {
    const card = shape.content.firstElementChild.cloneNode(true);
    for (const name of ["subject", "body"]) {
      const field = card.querySelector(`[name=${name}]`);
      field.id = `${name}-${place}`;
      card.querySelector(`[data-label=${name}]`).htmlFor = field.id;
      field.value = one.content[name] || "";
      field.addEventListener("input", () => {
        one.content[name] = field.value;
        if (one.joins) { one.content.version = one.joins; one.joins = 0; }
        drafts.keep(one.whose, one.note, one.content).then(() => { card.querySelector("[data-told]").textContent = list.dataset.saved; });
      });
    }
    const rest = card.querySelector("[data-rest]");
    rest.hidden = !one.content.said?.length;
    rest.querySelector("ul").replaceChildren(...(one.content.said || []).map((words) => {
      const line = document.createElement("li");
      line.textContent = words;
      return line;
    }));
    card.querySelector("[data-open]").href = one.content.page;
    list.append(card);
    cards.set(one.note, { card, one });
  };

  const tell = (card, words, theirs) => {
    card.querySelector("[data-told]").textContent = words;
    const box = card.querySelector(".theirs");
    box.hidden = theirs === undefined;
    box.replaceChildren();
    if (theirs === undefined) return;
    const label = document.createElement("p");
    label.className = "ds-paragraph strong";
    label.textContent = list.dataset.there;
    const text = document.createElement("div");
    text.className = "written kept-lines";
    text.textContent = theirs;
    box.append(label, text);
  };

  const send = async () => {
    const given = await drafts.pass();
    state.textContent = given === null ? list.dataset.away : given.whose === "" ? list.dataset.login : "";
    if (!given || given.whose === "") return;
    for (const { card, one } of cards.values()) {
      if (one.whose !== given.whose) continue;
      const answer = await drafts.land(given, one.content);
      if (answer.state === "saved") {
        await drafts.drop(one.note);
        cards.delete(one.note);
        tell(card, list.dataset.landed);
        card.querySelectorAll("input, textarea").forEach((field) => { field.readOnly = true; });
      } else if (answer.state === "conflict") {
        one.joins = answer.version;
        tell(card, list.dataset.conflict, answer.theirs);
      } else if (answer.state === "wrong") tell(card, `${list.dataset.wrong} ${answer.what.join(" ")}`);
      else if (answer.state === "signed" || answer.state === "gone") tell(card, list.dataset[answer.state]);
    }
  };

  drafts.all().then((found) => {
    found.forEach(draw);
    if (!found.length) list.textContent = list.dataset.none;
    if (navigator.onLine) send();
  });
  document.getElementById("away-send").addEventListener("click", send);
  addEventListener("online", send);
})();
