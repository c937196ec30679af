// Search in a copy of the site: over the names of mirror-index.js, without a server. The page works without it:
// below the box stands everybody by letter.
(function () {
  "use strict";
  var box = document.getElementById("mirror-search");
  if (!box || !window.mirrorIndex) { return; }
  var most = 30, input = box.querySelector("input"), list = box.querySelector("ul"), said = box.querySelector("[role=status]");
  var language = document.documentElement.lang === "ru" ? 1 : 2;
  // A page of this copy in its own folder; the folder of people is told relative to this page.
  var people = (box.getAttribute("data-people") || "").replace(/index\.html$/, "");
  var latin = {а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "iu", я: "ia", і: "i", ї: "i", є: "e", ґ: "g"};

  // What two spellings of one name have in common: one script, no marks, sounds that romanisations confuse made one.
  function key(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/./gu, function (letter) {
      return letter in latin ? latin[letter] : letter;
    }).replace(/[^a-z0-9 ]/g, "").replace(/shch|sch/g, "sh").replace(/tch/g, "ch").replace(/[jy]/g, "i").replace(/w/g, "v")
      .replace(/ck|q/g, "k").replace(/kh|h/g, "h").replace(/tz|ts|z|c(?!h)/g, "z").replace(/(.)\1+/g, "$1").replace(/i(?=[aeou])/g, "");
  }

  var keys = window.mirrorIndex.map(function (row) { return row.slice(1).map(key); });

  // Whether b is within one wrong, missing or added letter of a.
  function close(a, b) {
    if (Math.abs(a.length - b.length) > 1) { return false; }
    var i = 0, j = 0, wrong = 0;
    while (i < a.length && j < b.length) {
      if (a[i] === b[j]) { i += 1; j += 1; continue; }
      wrong += 1;
      if (wrong > 1) { return false; }
      if (a.length > b.length) { i += 1; } else if (a.length < b.length) { j += 1; } else { i += 1; j += 1; }
    }
    return true;
  }

  // 0: a name begins with it; 1: a later word does; 2: spelt nearly so; 3: not at all.
  function rank(names, asked) {
    var best = 3;
    names.forEach(function (name) {
      if (name.indexOf(asked) === 0) { best = 0; return; }
      if (name.indexOf(" " + asked) > 0) { best = Math.min(best, 1); return; }
      if (asked.length > 3 && name.split(" ").some(function (word) { return close(asked, word) || close(asked, word.slice(0, asked.length)); })) { best = Math.min(best, 2); }
    });
    return best;
  }

  function show() {
    var asked = key(input.value.trim()), found = [];
    list.textContent = "";
    said.textContent = "";
    if (asked.length < 2) { return; }
    keys.forEach(function (names, number) {
      var how = rank(names, asked);
      if (how < 3) { found.push([how, number]); }
    });
    found.sort(function (a, b) { return a[0] - b[0] || keys[a[1]][0].localeCompare(keys[b[1]][0]); });
    found.slice(0, most).forEach(function (one) {
      var row = window.mirrorIndex[one[1]], item = document.createElement("li"), link = document.createElement("a");
      link.href = people + row[0] + "/index.html";
      link.textContent = row[language] || row[1] || row[2];
      item.appendChild(link);
      list.appendChild(item);
    });
    if (!found.length) { said.textContent = box.getAttribute("data-nobody"); }
    if (found.length > most) { said.textContent = box.getAttribute("data-many"); }
  }

  box.hidden = false;
  input.addEventListener("input", show);
}());
