// Adds an empty row to a list of rows that is not one of Django's inlines. Without it the empty rows at the end serve.
(() => {
  "use strict";
  document.querySelectorAll("#charges-group").forEach((group) => {
    const template = group.querySelector("template");
    const rows = group.querySelector(".charge-rows");
    const total = group.querySelector("[name$='-TOTAL_FORMS']");
    const line = group.querySelector(".add-row");
    if (!template || !rows || !total || !line) return;
    line.hidden = false;
    line.querySelector("button").addEventListener("click", () => {
      const made = document.createElement("div");
      made.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      const row = made.firstElementChild;
      rows.append(row);
      total.value = String(Number(total.value) + 1);
      row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "charges" } }));
      const first = row.querySelector("input:not([type=hidden])");
      if (first) first.focus();
    });
  });
})();
