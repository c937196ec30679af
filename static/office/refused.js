// A refused page opens at its first complaint: on a phone the note above is hidden, the field screens away.
(() => {
  "use strict";
  // After the rows, the kept text and the editors of rich text are in place: they move what is below them.
  document.addEventListener("office:ready", () => requestAnimationFrame(() => {
    const complaint = document.querySelector("#content-main > form .errorlist");
    if (!complaint) return;
    for (let fold = complaint.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    complaint.scrollIntoView({ block: "center" });
    const row = complaint.closest(".fieldBox, .form-row");
    const box = row && row.querySelector("[aria-invalid=true]");
    if (box) box.focus({ preventScroll: true });
  }));
})();
