// A draft's line: narrows the units by what one types. Without scripts all units are shown.
(() => {
  "use strict";

  const box = document.querySelector("[data-unit-search]");
  if (!box) return;
  box.hidden = false;
  const search = box.querySelector("input");
  const rows = [...document.querySelectorAll("#unit-rows > li")];
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = search.value.trim();
    for (const row of rows) row.hidden = words !== "" && !row.dataset.words.includes(words);
  });
})();
