// Names for the boxes of autocompletes: Select2 makes a combobox that no label points to.
(() => {
  "use strict";
  const name = (select) => {
    const box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (!box || !label || box.dataset.named) return;
    label.id = label.id || `${select.id}_label`;
    box.dataset.named = "yes";
    const shown = box.querySelector(".select2-selection__rendered");
    if (shown) ["role", "aria-readonly"].forEach((one) => shown.removeAttribute(one));
    box.removeAttribute("aria-haspopup");
    box.setAttribute("aria-labelledby", shown && shown.id ? `${label.id} ${shown.id}` : label.id);
    const typing = box.querySelector(".select2-search__field");
    if (typing) typing.setAttribute("aria-labelledby", label.id);
  };
  const all = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);
  // Django makes the boxes when the document is ready; ours is the turn after.
  if (window.django && window.django.jQuery) window.django.jQuery(() => setTimeout(() => all(document), 0));
  document.addEventListener("formset:added", (event) => setTimeout(() => all(event.target), 0));
  if (window.django && window.django.jQuery) {
    window.django.jQuery(document).on("select2:open", (event) => {
      const label = document.querySelector(`label[for="${event.target.id}"]`);
      const typing = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
      if (label && typing) { typing.setAttribute("aria-label", label.textContent); typing.focus(); }
    });
  }
})();
