// WhatsApp's markup as the phone draws it. Builds nodes, never HTML: what people write stays text.

const INLINE = new RegExp(
  [
    "```([\\s\\S]+?)```",
    "`([^`\\n]+)`",
    // A mark opens after anything but a letter or digit and closes before anything but one, as on the phone.
    "(?<![\\p{L}\\p{N}])\\*(\\S(?:[^*\\n]*\\S)?)\\*(?![\\p{L}\\p{N}])",
    "(?<![\\p{L}\\p{N}])_(\\S(?:[^_\\n]*\\S)?)_(?![\\p{L}\\p{N}])",
    "(?<![\\p{L}\\p{N}])~(\\S(?:[^~\\n]*\\S)?)~(?![\\p{L}\\p{N}])",
    "(https?://[^\\s<>\"]*[^\\s<>\".,;:!?)\\]}'*_~])",
  ].join("|"),
  "u",
);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return [text];
  const [whole, block, code, bold, italic, struck, link] = found;
  const node =
    block !== undefined ? el("code", { class: "block" }, block)
    : code !== undefined ? el("code", {}, code)
    : bold !== undefined ? el("b", {}, inline(bold))
    : italic !== undefined ? el("i", {}, inline(italic))
    : struck !== undefined ? el("s", {}, inline(struck))
    : el("a", { href: link, target: "_blank", rel: "noreferrer noopener" }, link);
  return [text.slice(0, found.index), node, ...inline(text.slice(found.index + whole.length))].filter((part) => part !== "");
}

/** Text with WhatsApp's markup, as nodes. */
export function markup(text) {
  // A block of code may run over lines; everything else is decided line by line.
  return text.split(/(```[\s\S]+?```)/).flatMap((piece) => (piece.startsWith("```") ? inline(piece) : lines(piece)));
}

function lines(text) {
  return text.split("\n").flatMap((line, index) => {
    const nodes = index > 0 ? ["\n"] : [];
    const [, bullet, item] = /^([*-]|\d{1,2}\.) (.*)$/.exec(line) ?? [];
    if (item !== undefined) {
      const mark = /\d/.test(bullet) ? bullet : "•";
      nodes.push(el("span", { class: "item" }, el("span", { class: "bullet" }, mark), el("span", {}, inline(item))));
    } else if (line.startsWith("> ")) {
      nodes.push(el("span", { class: "cited" }, inline(line.slice(2))));
    } else {
      nodes.push(...inline(line));
    }
    return nodes;
  });
}

/** The same text without its marks, for one line of preview. */
export function plain(text) {
  const box = el("div", {}, markup(text));
  return box.textContent.replace(/\s+/g, " ").trim();
}
