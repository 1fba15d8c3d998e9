// A page that follows a meeting: asks its pulse once a second and takes over what has changed, node by node, so that
// focus, what is being typed, what is folded open and where one has scrolled to stay. The page works without it.
//   data-live       the pulse          data-live-part  where the part (the same id) is fetched
//   data-live-seen  the token it is as of            data-live-keep  inside: stays as it is
(() => {
  "use strict";

  const EVERY = 1000;
  const HIDDEN = 10_000;
  const PATIENCE = 8000;
  const part = () => document.querySelector("[data-live]");

  let failures = 0;
  let beating = false;
  let timer = 0;
  let acts = 0; // one's own, so that an answer from before one of them is not shown after it

  async function beat() {
    if (beating) return;
    beating = true;
    clearTimeout(timer);
    try {
      const { live, liveSeen = "" } = part()?.dataset ?? {};
      if (live && (await ask(`${live}?seen=${encodeURIComponent(liveSeen)}`)).status === 200) await take();
      failures = 0;
    } catch {
      failures += 1;
    }
    say(failures >= 2);
    beating = false;
    timer = setTimeout(beat, document.hidden ? HIDDEN : EVERY);
  }

  async function ask(address) {
    const answer = await fetch(address, {
      headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.redirected || answer.status === 404) location.reload(); // signed out, the meeting over, no longer called
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer;
  }

  async function take() {
    const before = acts;
    const { livePart } = part().dataset;
    const words = await (await ask(livePart)).text();
    const here = part();
    if (acts !== before || document.querySelector(".htmx-request") || here?.dataset.livePart !== livePart) return;
    const fresh = new DOMParser().parseFromString(words, "text/html").getElementById(here.id);
    if (fresh?.className !== here.className) return location.reload();
    morph(here, document.adoptNode(fresh));
    window.htmx?.process(here);
    document.dispatchEvent(new Event("live:shown"));
  }

  /* From what is shown to what was fetched. */

  const kept = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-live-keep");

  function twins(one, other) {
    if (one.nodeName !== other.nodeName) return false;
    if (one.nodeType !== Node.ELEMENT_NODE || one.id === other.id) return true;
    if (one.hasAttribute("hx-preserve") && other.hasAttribute("hx-preserve")) return true;
    return one.matches("input, textarea, select") && one.name === other.name;
  }

  function morph(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (kept(old) || old.isEqualNode(fresh)) return;
    attributes(old, fresh);
    let place = old.firstChild;
    for (const child of [...fresh.childNodes]) {
      while (place && kept(place) && !twins(place, child)) place = place.nextSibling;
      if (place && twins(place, child)) {
        const next = place.nextSibling;
        morph(place, child);
        place = next;
        continue;
      }
      const moved = child.id && [...old.children].find((one) => one.id === child.id && twins(one, child));
      old.insertBefore(moved || child, place);
      if (moved) morph(moved, child);
    }
    while (place) {
      const next = place.nextSibling;
      if (!kept(place)) place.remove();
      place = next;
    }
  }

  function attributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }

  /* A broken line is said, and unsaid. */

  function say(lost) {
    const shown = document.querySelector(".live-lost");
    if (!lost) return shown?.remove();
    if (shown) return;
    const box = document.createElement("p");
    box.className = "live-lost";
    box.setAttribute("role", "alert");
    box.textContent = "连接中断，正在重新连接…";
    document.body.append(box);
  }

  for (const name of ["htmx:beforeRequest", "htmx:afterRequest"]) document.addEventListener(name, () => { acts += 1; });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  timer = setTimeout(beat, EVERY);
})();
