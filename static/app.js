// The page's manners: keys, menus, questions before something final, toasts. Every page works without it.
(() => {
  "use strict";

  const typing = (element) => element.closest("input, select, textarea, [contenteditable]");
  const search = document.querySelector("[data-search]");

  /* Keys: / searches, g then a letter goes to an entry, Enter presses the page's main action, ? lists them. */

  let going = 0;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeMenus(event);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || openDialog()) return;
    if (performance.now() < going) return go(event);
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "g") {
      going = performance.now() + 1500;
    } else if (event.key === "?") {
      showKeys();
    } else if (event.key === "Enter" && event.target === document.body) {
      document.querySelector("[data-main]")?.click();
    } else {
      const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });

  function go(event) {
    going = 0;
    const link = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  }

  function showKeys() {
    const pairs = [["/", "搜索"], ["Enter", "办本页最主要的一件事"], ["?", "看这张表"]];
    for (const link of document.querySelectorAll("[data-shortcut]")) {
      pairs.push([`g ${link.dataset.shortcut}`, link.firstChild.textContent.trim()]);
    }
    for (const button of document.querySelectorAll("[data-key]")) {
      pairs.push([button.dataset.key, button.textContent.trim()]);
    }
    const list = make("dl", "keys");
    for (const [key, words] of pairs) {
      const term = make("dt");
      term.append(make("kbd", "", key));
      list.append(term, make("dd", "", words));
    }
    ask("键盘用法", [list], [["关闭", ""]]);
  }

  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }

  /* Menus close when one looks elsewhere. */

  function closeMenus(event) {
    for (const menu of document.querySelectorAll("details.menu[open], details.nav-more[open]")) {
      if (event.type === "keydown") {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  }

  document.addEventListener("click", closeMenus);

  /* Dialogs. ask() answers with the value of the pressed button, "" when it was left. */

  const openDialog = () => document.querySelector("dialog[open]");

  function make(tag, className = "", words = "") {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (words) element.textContent = words;
    return element;
  }

  function ask(title, content, buttons, { wide = false } = {}) {
    const dialog = make("dialog", wide ? "dialog--wide" : "");
    const form = make("form");
    form.method = "dialog";
    const heading = make("h2", "", title);
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    const row = make("div", "buttons");
    for (const [label, value, kind = "secondary"] of buttons) {
      const button = make("button", `button button--${kind}`, label);
      button.value = value;
      row.append(button);
    }
    form.append(heading, ...content, row);
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue);
      });
    });
  }

  /* form[data-confirm="whole sentence"]: asked before it is sent; so is a button with data-confirm. */

  const confirmed = new WeakSet();

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const sentence = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!sentence || confirmed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    const verb = submitter?.textContent.trim() || "确认";
    const answer = await ask("请确认", [make("p", "", sentence)], [[verb, "yes", "primary"], ["返回，不办", ""]]);
    if (answer !== "yes") return;
    confirmed.add(form);
    form.requestSubmit(submitter);
    confirmed.delete(form);
  }, { capture: true });

  /* What is folded on the phone stays open where there is room. */

  const narrow = matchMedia("(max-width: 40rem)");

  function fold() {
    for (const part of document.querySelectorAll("details[data-fold]")) part.open = !narrow.matches;
  }

  narrow.addEventListener("change", fold);
  if (narrow.matches) fold();

  /* A form is sent once, however often it is pressed; a button that cannot be pressed does nothing. */

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog") return;
    if (event.target.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.target.method !== "post" || event.target.hasAttribute("data-again")) return;
    event.target.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });

  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });

  /* A toast: one at a time, the newest replaces; its undo is offered for ten seconds. */

  const toasts = document.getElementById("toasts");
  let leaving = 0;

  function toast(words, { undo = null, seconds = undo ? 10 : 6 } = {}) {
    const box = make("div", "toast");
    box.append(make("span", "", words));
    if (undo) {
      const button = make("button", "", "撤销");
      button.type = "button";
      button.addEventListener("click", () => {
        box.remove();
        undo();
      });
      box.append(button);
    }
    clearTimeout(leaving);
    toasts.replaceChildren(box);
    leaving = setTimeout(() => box.remove(), seconds * 1000);
  }

  /* What the server may say after an htmx answer: HX-Trigger: {"toast": {"words": "已签到", "undo": "/address/"}}. */

  document.addEventListener("toast", (event) => {
    const { words, undo } = event.detail;
    toast(words, { undo: undo ? () => window.htmx.ajax("POST", undo, { swap: "none" }) : null });
  });

  /* An offer to undo goes away after ten seconds. */

  for (const form of document.querySelectorAll("form[data-undo]")) setTimeout(() => form.remove(), 10_000);

  /* htmx: what the server refuses is shown where it answers; a broken line is said; a login that ended is renewed. */

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (new URL(event.detail.xhr.responseURL || location.href).pathname === "/login/") {
      event.detail.shouldSwap = false;
      location.assign(`/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    if ([400, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:responseError", () => toast("没有办成。请刷新页面，看看是否已有别人办过。"));
  document.addEventListener("htmx:sendError", () => toast("网络不通，没有发出去。请稍后再试。"));
  document.addEventListener("htmx:afterRequest", (event) => {
    delete event.target.closest("form")?.dataset.sent;
  });

  /* For the other scripts. */

  window.yishi = { ask, make, toast };

  /* Errors are read first. */

  document.querySelector("[data-focus]")?.focus();
})();
