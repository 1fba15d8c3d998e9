// 会场: the clock, the minutes of the entry now, the newest line in sight, printing. The console works without it.
(() => {
  "use strict";

  let behind = 0; // milliseconds between this machine and the program's clock
  let seen = Date.now(); // when the shown minutes were right

  function read() {
    const clock = document.querySelector("[data-clock]");
    if (clock) behind = Date.parse(clock.dataset.clock) - Date.now();
    latest();
  }

  function latest() {
    seen = Date.now();
    const lines = document.querySelector("[data-latest]");
    if (lines) lines.scrollTop = lines.scrollHeight;
  }

  function words(moment) {
    const parts = new Intl.DateTimeFormat("zh-CN", {
      hour: "numeric", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
    }).formatToParts(moment);
    const hour = Number(parts.find((part) => part.type === "hour").value) % 24;
    const minute = parts.find((part) => part.type === "minute").value;
    const part = hour < 6 ? "凌晨" : hour < 12 ? "上午" : hour === 12 ? "中午" : hour < 18 ? "下午" : "晚上";
    return `${part}${hour <= 12 ? hour : hour - 12}:${minute}`;
  }

  function tick() {
    const clock = document.querySelector("[data-clock]");
    if (clock && !document.hidden) clock.textContent = words(new Date(Date.now() + behind));
    for (const used of document.querySelectorAll("[data-used]")) {
      used.textContent = Number(used.dataset.used) + Math.floor((Date.now() - seen) / 60_000);
    }
  }

  /* Taps come faster than answers: what is tapped meanwhile is pressed as soon as the page stands again. The same
     button twice is one tap; after a refusal the rest is dropped, because somebody has to look first. */

  let pressed = ""; // the button whose answer is on its way
  let waiting = [];

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".console button[id], .roll button[id]");
    if (!button) return;
    if (pressed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (button.id !== pressed && !waiting.includes(button.id)) waiting.push(button.id);
    }
  }, { capture: true });

  document.addEventListener("htmx:beforeRequest", (event) => {
    pressed = event.detail.requestConfig.triggeringEvent?.submitter?.id || "another";
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) waiting = [];
    setTimeout(() => {
      pressed = "";
      document.getElementById(waiting.shift())?.click();
    }, window.htmx.config.defaultSettleDelay);
  });

  document.addEventListener("htmx:afterSettle", latest);
  document.addEventListener("live:shown", latest);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  read();
  setInterval(tick, 10_000);
})();
