// The editor of rich text: the project's few kinds of markup, buttons with words, nothing from elsewhere.
import {
  Blockquote, Bold, BulletList, Document, Editor, HardBreak, Heading, History, Italic, Link, ListItem, OrderedList, Paragraph, Text,
} from "../django_prose_editor/editor.js";

const BUTTONS = [
  ["bold", "B", (editor) => editor.chain().focus().toggleBold().run(), (editor) => editor.isActive("bold")],
  ["italic", "I", (editor) => editor.chain().focus().toggleItalic().run(), (editor) => editor.isActive("italic")],
  ["heading", "H", (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(), (editor) => editor.isActive("heading")],
  ["list", "•", (editor) => editor.chain().focus().toggleBulletList().run(), (editor) => editor.isActive("bulletList")],
  ["numbered", "1.", (editor) => editor.chain().focus().toggleOrderedList().run(), (editor) => editor.isActive("orderedList")],
  ["quote", "«»", (editor) => editor.chain().focus().toggleBlockquote().run(), (editor) => editor.isActive("blockquote")],
  ["link", "↗", (editor, words) => askForLink(editor, words), (editor) => editor.isActive("link")],
  ["undo", "↶", (editor) => editor.chain().focus().undo().run(), () => false],
];

function askForLink(editor, words) {
  const before = editor.getAttributes("link").href || "https://";
  const address = window.prompt(words.address, before);
  if (address === null) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!/^(https?:\/\/.|mailto:.)/.test(address) || address === "https://") chain.unsetMark("link").run();
  else chain.setMark("link", { href: address }).run();
}

function toolbar(editor, words, label) {
  const bar = document.createElement("div");
  bar.className = "rich-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  const buttons = BUTTONS.map(([name, sign, act, isOn]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = words[name];
    button.setAttribute("aria-label", words[name]);
    button.className = `rich-${name}`;
    button.addEventListener("click", () => act(editor, words));
    bar.append(button);
    return [button, isOn];
  });
  const show = () => buttons.forEach(([button, isOn]) => button.setAttribute("aria-pressed", String(isOn(editor))));
  editor.on("transaction", show);
  show();
  return bar;
}

function enrich(area) {
  if (area.closest(".rich") || area.id.includes("__prefix__") || area.disabled) return;
  const words = JSON.parse(area.dataset.richText);
  const caption = document.querySelector(`label[for="${area.id}"]`);
  const label = caption ? caption.textContent.replace(/:$/, "") : "";
  const box = document.createElement("div");
  box.className = "rich";
  area.before(box);
  area.hidden = true;
  const text = document.createElement("div");
  box.append(text, area);
  const editor = new Editor({
    element: text,
    injectCSS: false, // the office's own style sheet has what the editor needs
    content: area.value,
    extensions: [Document, Paragraph, Text, HardBreak, History, Bold, Italic, Heading.configure({ levels: [3, 4] }), BulletList, OrderedList, ListItem, Blockquote, Link.configure({ openOnClick: false })],
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, lang: area.lang || "" } },
    onUpdate({ editor: changed }) {
      area.value = changed.isEmpty ? "" : changed.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  box.prepend(toolbar(editor, words, label));
  if (caption) caption.addEventListener("click", () => editor.commands.focus());
}

const enrichAll = () => document.querySelectorAll("textarea[data-rich-text]").forEach(enrich);

// After drafts of this browser have been put back into the text areas (unsaved.js); soon in any case.
if (document.documentElement.dataset.officeReady) enrichAll();
else {
  document.addEventListener("office:ready", enrichAll);
  setTimeout(enrichAll, 4000);
}
