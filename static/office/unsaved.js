// Unsaved text is never lost: a warning before leaving, and a copy in this browser until it is saved.
// The copy never holds passwords, files or tokens; it goes when the page is saved or thrown away.
(() => {
  "use strict";
  const PREFIX = "office-draft:";
  const KEPT_FOR = 24 * 3600 * 1000; // a day: a phone may be seized
  const WAIT = 800;
  const main = document.querySelector("#content-main > form[id$=_form], form.small-form");
  const words = document.getElementById("office-words").dataset;

  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the warning is left */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
    keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
  };

  // Whoever leaves the office leaves nothing behind.
  const leave = document.querySelector("#logout-form");
  const done = sessionStorage.getItem(PREFIX + "sent");
  // On the sign-in page too: whoever is sent there has saved nothing.
  sessionStorage.removeItem(PREFIX + "sent");
  let over = false; // signed out or thrown away: nothing more is kept
  if (leave) leave.addEventListener("submit", () => { over = true; store.keys().forEach(store.drop); });
  if (!leave) return;
  store.keys().forEach((key) => { const old = store.read(key); if (!old || Date.now() - old.at > KEPT_FOR) store.drop(key); });

  const refused = document.querySelector(".errornote, .errorlist");
  // The page that follows a successful save says so; one reached after a lost session does not.
  if (done && !refused && document.querySelector(".messagelist .success")) store.drop(done);
  if (!main || main.closest("#changelist")) return;

  // What is sealed in the database is never kept in a browser: there only the warning before leaving is left.
  const sealed = main.dataset.keep === "no" || document.body.classList.contains("app-assistance");

  // News typed about one person is never put back under another's name.
  const about = new URLSearchParams(location.search).get("prisoner") || "";
  const key = PREFIX + words.staff + location.pathname + about;
  const skipped = (box) => !box.name || box.disabled || ["hidden", "password", "file", "submit", "button"].includes(box.type) || box.name.includes("__prefix__");
  const boxes = () => [...main.elements].filter((box) => !skipped(box));
  const valueOf = (box) => box.type === "checkbox" || box.type === "radio" ? box.checked
    : box.multiple ? [...box.selectedOptions].map((one) => [one.value, one.text])
      : box.tagName === "SELECT" ? [box.value, box.selectedOptions[0] ? box.selectedOptions[0].text : ""] : box.value;
  const idOf = (box) => box.type === "radio" ? `${box.name}=${box.value}` : box.name;
  const snapshot = () => Object.fromEntries(boxes().map((box) => [idOf(box), valueOf(box)]));
  const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

  const put = (box, value) => {
    if (box.type === "checkbox" || box.type === "radio") box.checked = value;
    else if (box.tagName === "SELECT") {
      const chosen = box.multiple ? value : [value];
      chosen.forEach(([code, text]) => { if (![...box.options].some((one) => one.value === code)) box.add(new Option(text, code)); });
      [...box.options].forEach((one) => { one.selected = chosen.some(([code]) => code === one.value); });
      if (window.django && window.django.jQuery) window.django.jQuery(box).trigger("change.select2");
    } else box.value = value;
  };

  // A row that was added by hand is added again before its text is put back.
  const addRows = (names) => {
    names.forEach((name) => {
      const found = /^(.+)-(\d+)-/.exec(name);
      if (!found || main.elements[name]) return;
      const group = document.getElementById(`${found[1]}-group`);
      const button = group && group.querySelector(".add-row a, .add-row button");
      for (let tries = 0; button && tries < 20 && !main.elements[name]; tries += 1) button.click();
    });
  };

  const start = () => {
    const clean = snapshot();
    let dirty = Boolean(refused);
    let timer = 0;
    const kept = store.read(key);
    // What was sent and refused is on this page already, but not in the database: it is kept further.
    const sent = kept && refused ? kept.changed : {};
    const own = kept && !refused && Object.keys(kept.changed).length > 0;
    if (own) {
      addRows(Object.keys(kept.changed));
      boxes().forEach((box) => { if (idOf(box) in kept.changed) put(box, kept.changed[idOf(box)]); });
      // The server compares versions: what was typed on an older one is refused and shown beside the new.
      ["version", "opened_at"].forEach((name) => { if (main.elements[name] && kept[name]) main.elements[name].value = kept[name]; });
      dirty = !same(snapshot(), clean);
      if (dirty) notice();
    }
    const keep = () => {
      if (over) return;
      const now = snapshot();
      const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => name in sent || !same(value, clean[name])));
      dirty = Object.keys(changed).length > 0;
      if (!dirty) { store.drop(key); return; }
      const value = (name) => main.elements[name] ? main.elements[name].value : "";
      if (!sealed) store.write(key, { at: Date.now(), changed, version: value("version"), opened_at: value("opened_at") });
    };
    const later = () => { dirty = true; clearTimeout(timer); timer = setTimeout(keep, WAIT); };
    main.addEventListener("input", later);
    main.addEventListener("change", later);
    if (window.django && window.django.jQuery) window.django.jQuery(main).on("change", "select", later);
    main.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem(PREFIX + "sent", key); dirty = false; });
    window.addEventListener("pagehide", () => { if (dirty) keep(); });
    window.addEventListener("beforeunload", (event) => { if (dirty && !over) event.preventDefault(); });
    document.querySelectorAll(".deeds form, .languages").forEach((form) => form.addEventListener("submit", () => clearTimeout(timer)));
  };

  const notice = () => {
    const note = document.createElement("p");
    note.className = "caution draft-note";
    note.setAttribute("role", "status");
    note.append(words.kept);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button second";
    button.textContent = words.drop;
    button.addEventListener("click", () => { over = true; store.drop(key); location.reload(); });
    note.append(" ", button);
    main.prepend(note);
  };

  // After Django's rows and autocompletes are in place, and before the editor of rich text reads its text areas.
  const begin = () => {
    try { start(); } finally {
      document.documentElement.dataset.officeReady = "yes";
      document.dispatchEvent(new Event("office:ready"));
    }
  };
  if (window.django && window.django.jQuery) window.django.jQuery(() => setTimeout(begin, 0));
  else setTimeout(begin, 0);
})();
