// 无记名票: packs what is marked exactly as decisions/ballots/envelope.py reads it, seals it to the ballot's key and
// posts nothing else. The marks carry no name, so that none leaves the page in clear, scripts on or off.
(() => {
  "use strict";

  const form = document.querySelector("[data-ballot]");
  if (!form) return;
  const cards = [...form.querySelectorAll("[data-slot]")];
  const places = Number(form.dataset.places);
  const check = form.querySelector("[data-check]");
  const review = form.querySelector("[data-review]");

  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
  const marked = (card) => card.querySelector("input:checked");
  const written = (card) => card.querySelector("select")?.selectedOptions[0];

  /* What one name was given: its value in two bytes, and its word. 0: nothing marked. */
  function markOf(card) {
    if (card.dataset.recused) return { value: Number(card.dataset.recused), word: "回避" };
    const radio = marked(card);
    if (radio) return { value: Number(radio.value), word: radio.dataset.word, approves: radio.value === form.dataset.approve };
    const other = written(card);
    if (other?.value) return { value: Number(other.value), word: `另选 ${other.text}`, approves: true, other: true };
    return { value: 0, word: "" };
  }

  function packed() {
    const bound = bytes(form.dataset.bound);
    const message = new Uint8Array(bound.length + 2 * cards.length);
    message.set(bound);
    const view = new DataView(message.buffer);
    cards.forEach((card, place) => view.setUint16(bound.length + 2 * place, markOf(card).value));
    return message;
  }

  function seal() {
    const message = packed();
    const sealed = sealedBox.seal(message, bytes(form.dataset.key));
    message.fill(0);
    return Array.from(sealed, (byte) => byte.toString(16).padStart(2, "0")).join(""); // in a form always of one length
  }

  function clear() {
    for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = false;
    for (const select of form.querySelectorAll("select")) select.selectedIndex = 0;
    review.querySelector("[data-lines]").replaceChildren();
  }

  /* Names chosen, each once: one written in twice takes one place. */
  function chosen() {
    const marks = cards.map(markOf).filter((mark) => mark.approves);
    return marks.filter((mark) => !mark.other).length + new Set(marks.filter((m) => m.other).map((m) => m.value)).size;
  }

  function tell() {
    const open = cards.filter((card) => !card.dataset.recused);
    const done = open.filter((card) => markOf(card).value).length;
    const over = places && chosen() > places;
    for (const words of form.querySelectorAll("[data-counter]")) {
      words.textContent = places
        ? `应选 ${places} 人，已选 ${chosen()} 人${over ? "，多选的整张无效" : ""}`
        : `共 ${open.length} 项，已填 ${done} 项`;
      words.classList.toggle("is-over", Boolean(over));
    }
  }

  function line(card) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const word = document.createElement("strong");
    const mark = markOf(card);
    name.textContent = card.dataset.slot;
    word.textContent = mark.word || `未填（${form.dataset.blank}）`;
    item.classList.toggle("is-blank", !mark.value);
    item.append(name, word);
    return item;
  }

  function show(reviewing) {
    if (reviewing) review.querySelector("[data-lines]").replaceChildren(...cards.map(line));
    form.querySelector("[data-marking]").hidden = reviewing;
    review.hidden = !reviewing;
    tell();
    window.scrollTo(0, 0);
    (reviewing ? review.querySelector("h1") : form.querySelector("h1")).focus();
  }

  for (const card of cards) {
    const select = card.querySelector("select");
    for (const radio of card.querySelectorAll("input[type=radio]")) {
      radio.addEventListener("change", () => {
        for (const other of card.querySelectorAll("input[type=radio]")) other.checked = other === radio;
        if (select) select.selectedIndex = 0;
        tell();
      });
    }
    select?.addEventListener("change", () => {
      for (const radio of card.querySelectorAll("input[type=radio]")) radio.checked = false;
      tell();
    });
  }

  check.addEventListener("click", () => show(true));
  review.querySelector("[data-back]").addEventListener("click", () => show(false));
  form.addEventListener("submit", () => {
    form.querySelector("[name=sealed]").value = seal();
    clear();
    review.querySelector("[data-cast]").disabled = true;
  });
  /* Nothing comes back with 后退: the page is asked for again. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  clear();
  form.hidden = false;
  document.querySelector("[data-unable]").remove();
  tell();
})();
