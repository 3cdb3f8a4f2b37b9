// The steps as cards: what each says, its fields, its findings, and the buttons that move, copy and remove it.
import { blank, button, control, known, make } from "/static/fields.js";

const MAIN = { repeat: ["repeat"], sides: ["sides"], say: ["say", "settle"], hold: ["hold"], include: ["include"] };
const GLYPHS = {
  say: "“”", hold: "◼", rest: "…", repeat: "↻", sides: "⇄", breathe: "≈", chime: "♪", include: "+", chapter: "§", count: "1·2", settle: "↓", switch: "⇄", gap: "–",
};

const key = (path) => path.join(".");

export function draw(list, cards, page) {
  list.replaceChildren(...cards.map((card, index) => make("li", {}, one(card, index, cards.length, page))));
}

function one(card, index, count, page) {
  const { path } = card;
  const about = known.steps[card.kind];
  const name = `${about?.label || "Step"} ${index + 1}: ${summary(card)}`;
  const item = make("div", { class: `step k-${card.kind}`, "data-path": key(path), "aria-label": name, role: "group", tabindex: "-1" });
  const grip = make("span", { class: "grip", draggable: "true", "aria-hidden": "true", text: "⠿", title: "Drag to another place" });
  grip.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", key(path));
    page.dragged = path;
    event.stopPropagation();
  });
  const head = make("div", { class: "step-head" }, grip,
    make("span", { class: "glyph", "aria-hidden": "true", text: GLYPHS[card.kind] || "?" }),
    make("strong", { text: about?.label || "A step that is not known" }),
    page.play && card.start !== null ? tool("Play from here", "▶", path, "play", () => page.play(card)) : "");
  head.append(tools(card, index, count, name, page));
  item.append(head);
  for (const each of card.comments) item.append(each.assumed ? assumed(card, each, page) : make("p", { class: "note", text: each.text }));
  item.append(...page.findings(path));
  if (about) {
    const main = MAIN[card.kind] || [card.kind];
    const form = page.form(card);
    const fields = about.fields.filter((field) => field.kind !== "steps");
    item.append(make("div", { class: "mains" }, ...fields.filter((field) => main.includes(field.key))
      .map((field) => control({ ...field, open: true, brief: true }, card.step[field.key], [...path, field.key], form))));
    const more = fields.filter((field) => !main.includes(field.key));
    const used = more.filter((field) => card.step[field.key] !== undefined).length;
    const box = make("details", { class: "more", "data-more": key(path), open: page.opened.has(key(path)) },
      make("summary", { text: `More${used ? ` (${used} used)` : ""}`, "aria-label": `More fields of ${name}${used ? `, ${used} used` : ""}` }));
    const fill = () => box.children.length < 2 && box.append(...more.map((field) => control(field, card.step[field.key], [...path, field.key], form)));
    if (box.open) fill();
    box.addEventListener("toggle", () => { fill(); page.opened[box.open ? "add" : "delete"](key(path)); });
    item.append(box);
  }
  if (card.steps) {
    const inner = make("ol", { class: "steps", "aria-label": `Steps in ${name}` });
    draw(inner, card.steps, page);
    item.append(inner, page.adder([...path, "steps", card.steps.length], `Add a step into: ${name}`));
  }
  return item;
}

function tool(label, sign, path, action, onclick, more = {}) {
  return make("button", { type: "button", class: "quiet small", "data-act": `${key(path)}|${action}`, "aria-label": label, title: label, onclick, ...more },
    make("span", { "aria-hidden": "true", text: sign }));
}

function tools(card, index, count, name, page) {
  const { path } = card;
  const above = path.slice(0, -1);
  const box = make("div", { class: "tools", role: "toolbar", "aria-label": `Change ${name}` },
    tool("Move up", "↑", path, "up", () => page.move(path, "up"), { disabled: index === 0 }),
    tool("Move down", "↓", path, "down", () => page.move(path, "down"), { disabled: index === count - 1 }),
    tool("Move into the block before", "→", path, "in", () => page.move(path, "in"), { disabled: !page.block(above, index - 1) }),
    tool("Move out of its block", "←", path, "out", () => page.move(path, "out"), { disabled: path.length < 4 }),
    tool("Copy", "×2", path, "copy", () => page.edit({ do: "copy", at: path }, `${key([...above, index + 1])}|copy`)),
    tool("Repeat this step", "↻", path, "repeat", () => page.edit({ do: "wrap", at: path, value: { repeat: 3 } })),
    tool("Do this step on each side", "⇄", path, "sides", () => page.edit({ do: "wrap", at: path, value: { sides: ["left", "right"] } })),
    card.steps?.length ? tool("Keep the steps, remove the block around", "⊟", path, "unwrap", () => page.edit({ do: "unwrap", at: path })) : "",
    tool("Remove", "✕", path, "remove", () => page.edit({ do: "remove", at: path }, `${key([...above, Math.max(0, index - 1)])}|remove`)));
  return box;
}

function summary(card) {
  const value = card.step?.[card.kind];
  if (Array.isArray(value)) return value.map((each) => (typeof each === "string" ? each : "…")).join(", ").slice(0, 60);
  if (value && typeof value === "object") return Object.entries(value).map(([name, each]) => `${name} ${each}`).join(", ").slice(0, 60);
  return String(value ?? "").slice(0, 60);
}

// What `draft` chose, with the words that left it open. Accepting takes the remark away, and nothing else.
function assumed(card, comment, page) {
  const { what, value, reason, line, words } = comment.assumed;
  const id = `assumed-${key(card.path)}-${comment.number}`;
  const box = make("div", { class: "assumed", role: "group", "aria-label": `Assumed: ${what} ${value}` },
    make("p", {}, make("strong", { text: `Assumed: ${what} ${value.replace("left_right", "left and right")}. ` }), reason));
  if (words) box.append(make("blockquote", { text: words, title: `Line ${line}` }));
  const accept = { do: "accept", at: card.path, value: comment.number };
  const row = make("div", { class: "row" });
  const kind = what.split(" ")[0];
  if (kind === "sides" && card.kind === "sides") {
    row.append(button("Both sides: keep it", () => page.edit(accept)), button("No sides", () => page.oneSided(card, accept)));
  } else {
    const name = typeof card.step[card.kind] === "string" && card.step[card.kind].startsWith("$") ? card.step[card.kind].slice(1) : "";
    if (name) {
      const input = make("input", { id, type: "text", autocomplete: "off", name: id });
      input.value = page.setting(name)?.[what.includes("most") ? "max" : "default"] ?? value;
      row.append(make("label", { for: id, text: `In place of ${value}` }), input,
        button("Change", () => page.choose(name, input.value, accept, what.includes("most") ? "max" : "default"), { "aria-label": `Change ${what}` }));
    }
    row.append(button("Accept", () => page.edit(accept), { "aria-label": `Accept ${what} ${value}` }));
  }
  box.append(row);
  return box;
}

// A step to begin with; `settings` of the routine are used where they fit.
export function fresh(kind, settings) {
  if (kind === "repeat") return { repeat: settings.includes("reps") ? "$reps" : 3, steps: [{ say: "…" }] };
  if (kind === "sides") return { sides: ["left", "right"], steps: [{ say: "Now your {side} side." }] };
  if (kind === "hold") return { hold: settings.includes("hold") ? "$hold" : "20s" };
  if (kind === "breathe") return { breathe: { in: "4s", out: "6s", cycles: 6 } };
  const field = known.steps[kind].fields.find((each) => each.key === kind);
  return { [kind]: kind === "chime" ? "bell" : blank(field) };
}
