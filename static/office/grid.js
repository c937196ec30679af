// The grid of parcels: paste from a spreadsheet, Enter and arrows, more rows. Without it the page is a long form.
(() => {
  "use strict";
  const form = document.getElementById("parcels");
  if (!form) return;
  const body = form.querySelector("tbody");
  const blank = document.getElementById("blank-row");
  const more = document.getElementById("more-rows");
  const out = document.getElementById("signed-out");
  const REPEATED = ["given_on", "channel", "for_whom", "items", "cost", "currency"];
  const most = Number(form.dataset.most);
  let dirty = Boolean(form.querySelector("[aria-invalid], .asks"));
  let sending = false;

  const rows = () => [...body.rows];
  const boxes = (row) => [...row.querySelectorAll("td[data-column] input[type=text], td[data-column] select")];
  const box = (row, column) => row.querySelector(`td[data-column=${column}] input[type=text], td[data-column=${column}] select`);
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const addRow = () => {
    if (rows().length >= most) return null;
    const places = rows().map((row) => Number(row.querySelector("[name$='-key']").name.split("-")[1]));
    const place = Math.max(-1, ...places) + 1;
    const row = blank.content.querySelector("tr").cloneNode(true);
    row.querySelectorAll("[name]").forEach((one) => { one.name = one.name.replace("row--1-", `row-${place}-`); });
    row.querySelectorAll("[id]").forEach((one) => { one.id = one.id.replace("row--1-", `row-${place}-`); });
    row.querySelectorAll("[aria-label]").forEach((one) => one.setAttribute("aria-label", one.getAttribute("aria-label").replace(/, 0$/, `, ${place + 1}`)));
    row.querySelector(".row-number").textContent = String(place + 1);
    row.querySelector("[name$='-key']").value = newKey();
    body.append(row);
    return row;
  };

  // A word that is none of the choices stays in its cell: the server says what is wrong with it.
  const put = (one, text) => {
    if (one.tagName !== "SELECT") { one.value = text; return; }
    const plain = text.trim().toLowerCase();
    const option = [...one.options].find((each) => each.value.toLowerCase() === plain || each.text.toLowerCase() === plain);
    if (!option && plain) one.add(new Option(text.trim(), text.trim()));
    one.value = option ? option.value : text.trim();
  };

  const repeat = (row) => {
    const above = row.previousElementSibling;
    if (!above || !box(row, "client").value.trim()) return;
    REPEATED.forEach((column) => { if (!box(row, column).value) put(box(row, column), box(above, column).value); });
  };

  const move = (one, down, right) => {
    const row = one.closest("tr");
    const column = boxes(row).indexOf(one) + right;
    let next = row;
    if (down > 0) next = row.nextElementSibling || addRow();
    if (down < 0) next = row.previousElementSibling;
    const target = next && boxes(next)[column];
    if (!target) return false;
    target.focus();
    if (target.select) target.select();
    return true;
  };

  body.addEventListener("keydown", (event) => {
    const one = event.target;
    if (!one.closest("td[data-column]") || one.type === "checkbox" || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const text = one.tagName === "INPUT";
    const atStart = text && one.selectionStart === 0 && one.selectionEnd === 0;
    const atEnd = text && one.selectionStart === one.value.length && one.selectionEnd === one.value.length;
    let moved = false;
    if (event.key === "Enter") { move(one, event.shiftKey ? -1 : 1, 0); moved = true; } // never sends the form half typed
    else if (text && event.key === "ArrowDown") moved = move(one, 1, 0);
    else if (text && event.key === "ArrowUp") moved = move(one, -1, 0);
    else if (atStart && event.key === "ArrowLeft") moved = move(one, 0, -1);
    else if (atEnd && event.key === "ArrowRight") moved = move(one, 0, 1);
    if (moved) event.preventDefault();
  });

  // Cells of a spreadsheet: tabs between columns, lines between rows, quotation marks around what has either.
  const cellsOf = (text) => {
    const table = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      const line = table[table.length - 1];
      if (quoted) {
        if (letter === '"' && text[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
        else if (letter === '"') quoted = false;
        else line[line.length - 1] += letter === "\n" ? "; " : letter;
      } else if (letter === '"' && line[line.length - 1] === "") quoted = true;
      else if (letter === "\t") line.push("");
      else if (letter === "\n") table.push([""]);
      else line[line.length - 1] += letter;
    }
    return table.filter((line) => line.some((cell) => cell.trim()));
  };

  body.addEventListener("paste", (event) => {
    const one = event.target;
    const text = (event.clipboardData || { getData: () => "" }).getData("text").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!one.closest("td[data-column]") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const first = boxes(one.closest("tr")).indexOf(one);
    let row = one.closest("tr");
    cellsOf(text).forEach((line, number) => {
      if (number) row = row && (row.nextElementSibling || addRow());
      if (!row) return;
      const places = boxes(row);
      line.forEach((cell, place) => { if (places[first + place]) put(places[first + place], cell.trim()); });
      repeat(row);
    });
    dirty = true;
  });

  body.addEventListener("change", (event) => {
    dirty = true;
    if (event.target.closest("td[data-column=client]")) repeat(event.target.closest("tr"));
  });
  body.addEventListener("input", () => { dirty = true; });
  more.hidden = false;
  more.addEventListener("click", () => {
    const first = addRow();
    for (let count = 1; count < 10; count += 1) addRow();
    if (first) box(first, "client").focus();
  });

  // A session that has ended would lose what is typed: asked before it is sent, and the form's token is made new.
  const stillIn = async () => {
    try {
      const answer = await fetch(location.pathname, { redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect" || !answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("#parcels [name=csrfmiddlewaretoken]");
      if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
      return Boolean(token);
    } catch { return false; }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const pressed = event.submitter;
    if (await stillIn()) {
      dirty = false;
      if (pressed && pressed.name) {
        const said = document.createElement("input");
        said.type = "hidden";
        said.name = pressed.name;
        said.value = pressed.value;
        form.append(said);
      }
      form.submit();
    } else {
      sending = false;
      out.textContent = form.dataset.out;
      out.hidden = false;
      out.scrollIntoView({ block: "center" });
    }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) sending = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
