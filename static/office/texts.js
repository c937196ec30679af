// The translation desk: Ctrl+Enter saves, also from inside the editor. The buttons do the same without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-translation]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const button = form.querySelector("button[value=save]");
    if (button) { event.preventDefault(); event.stopPropagation(); form.requestSubmit(button); }
  }, true);
})();
