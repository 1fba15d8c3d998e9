// After an agenda was put in a new order, its mark is that of the order the server answered with.
(() => {
  "use strict";

  document.addEventListener("sorted", (event) => {
    const mark = event.target.querySelector("[data-mark]")?.dataset.mark;
    if (!mark) return;
    event.target.dataset.version = mark;
    const field = document.querySelector("#agenda-order input[name=version]");
    if (field) field.value = mark;
  });
})();
