// <ol class="sortable" data-sortable="address">: order by drag, or on the handle with the arrow keys.
//
// Each <li data-id="7" data-name="四、关于……"> has <button type="button" class="sortable-handle" data-handle>.
// Posts order=3,1,2 (and version, where the list has data-version). The server answers 204, or the list's new inside as
// HTML (times run on), or 409 with a sentence when somebody else has changed the order.
(() => {
  "use strict";

  const { make, toast } = window.yishi;

  const spoken = document.body.appendChild(make("div", "unseen"));
  spoken.setAttribute("aria-live", "assertive");

  function sortable(list) {
    let moving = null;

    list.addEventListener("pointerdown", (event) => {
      const handle = event.target.closest("[data-handle]");
      if (!handle || event.button !== 0) return;
      moving = { row: handle.closest("li"), before: order(list) };
      moving.row.classList.add("is-moving");
      handle.setPointerCapture(event.pointerId);
    });

    list.addEventListener("pointermove", (event) => {
      if (!moving) return;
      const over = rows(list).find((row) => row !== moving.row && within(row, event.clientY));
      if (!over) return;
      const later = over.compareDocumentPosition(moving.row) & Node.DOCUMENT_POSITION_PRECEDING;
      later ? over.after(moving.row) : over.before(moving.row);
    });

    const drop = () => {
      if (!moving) return;
      moving.row.classList.remove("is-moving");
      const { row, before } = moving;
      moving = null;
      if (order(list) !== before) send(list, row);
    };
    list.addEventListener("pointerup", drop);
    list.addEventListener("pointercancel", drop);

    list.addEventListener("keydown", (event) => {
      const handle = event.target.closest("[data-handle]");
      if (!handle || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      const row = handle.closest("li");
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      event.key === "ArrowUp" ? other.before(row) : other.after(row);
      handle.focus();
      clearTimeout(list.sending);
      list.sending = setTimeout(() => send(list, row), 600);
      say(list, row);
    });
  }

  const rows = (list) => [...list.querySelectorAll(":scope > li[data-id]")];
  const order = (list) => rows(list).map((row) => row.dataset.id).join(",");
  const within = (row, y) => {
    const { top, bottom } = row.getBoundingClientRect();
    return y > top && y < bottom;
  };

  function say(list, row) {
    spoken.textContent = `${row.dataset.name ?? ""}，已移到第 ${rows(list).indexOf(row) + 1} 位`;
  }

  async function send(list, row) {
    say(list, row);
    const body = new URLSearchParams({ order: order(list), csrfmiddlewaretoken: token() });
    if (list.dataset.version) body.set("version", list.dataset.version);
    try {
      const answer = await fetch(list.dataset.sortable, { method: "POST", body, headers: { "HX-Request": "true" } });
      const said = answer.status === 204 ? "" : await answer.text();
      if (!answer.ok) return undone(answer.status === 409 ? said : "顺序没有存上。");
      if (said) fresh(list, said, row.dataset.id);
      list.dispatchEvent(new CustomEvent("sorted", { bubbles: true }));
    } catch {
      undone("网络不通，顺序没有存上。");
    }
  }

  function undone(words) {
    toast(words);
    setTimeout(() => location.reload(), 2500);
  }

  function fresh(list, html, id) {
    list.innerHTML = html;
    window.htmx?.process(list);
    list.querySelector(`li[data-id="${CSS.escape(id)}"] [data-handle]`)?.focus();
  }

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  for (const list of document.querySelectorAll("[data-sortable]")) sortable(list);
})();
