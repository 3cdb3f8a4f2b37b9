// Forms made of the fields that the server describes: one control for each value of a step, and groups of them.
let serial = 0;
export let known = null;

export async function learn(ask) {
  known ??= await ask("/api/fields");
  return known;
}

export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...inside.filter((each) => each !== null && each !== undefined && each !== ""));
  return made;
}

export function button(text, onclick, more = {}) {
  return make("button", { type: "button", class: "quiet small", text, onclick, ...more });
}

// What a person typed, as the language has it: undefined for nothing.
export function read(field, text) {
  const plain = text.trim();
  if (plain === "") return undefined;
  const number = /^-?\d+(\.\d+)?$/.test(plain);
  if (field.kind === "time") return number ? `${plain}s` : plain;
  if (["whole", "number", "count", "amount", "volume"].includes(field.kind) && number) return Number(plain);
  return plain;
}

const HINTS = {
  time: "a time: 20s, 1m30s", amount: "a time (20s) or a count (3)", volume: "dB, such as -3",
};

function hint(field) {
  const parts = [HINTS[field.kind], field.unit];
  if (field.min !== undefined && field.min !== null && field.kind !== "list") {
    parts.push(field.max === undefined || field.max === null ? `${field.min} or more` : `${field.min} to ${field.max}`);
  }
  if (field.refers) parts.push("or $ and the name of a setting, such as $hold");
  return parts.filter(Boolean).join(", ");
}

// `form` has what the page does: set(path, value), remove(path), rename(path, key), settings(), label(path).
export function control(field, value, path, form) {
  return (KINDS[field.kind] || single)(field, value, path, form);
}

function label(field, id, form) {
  return make("label", { for: id, text: field.label || form.label || "Value" });
}

function described(field, id) {
  const said = [field.help, hint(field)].filter(Boolean).join("; ");
  return said ? make("p", { class: field.brief ? "hidden" : "hint", id: `${id}-hint`, text: `${said[0].toUpperCase()}${said.slice(1)}.` }) : null;
}

function single(field, value, path, form) {
  const id = `f${++serial}`;
  const long = field.kind === "text" && (field.longest ?? 0) >= 500 && ["say", "short", "first", "last", "minimal"].includes(form.root);
  const numeric = ["whole", "number"].includes(field.kind);
  const words = field.suggest || (form.settings && field.refers ? form.settings().map((each) => `$${each}`) : known?.suggested[field.key]);
  const input = make(long ? "textarea" : "input", {
    id, name: path.join("."), rows: long ? 2 : undefined, type: long ? undefined : "text",
    inputmode: numeric ? "decimal" : undefined, autocomplete: "off", maxlength: field.longest, required: field.required,
    "aria-describedby": `${id}-hint`, list: words && !long ? `${id}-words` : undefined,
  });
  input.value = value ?? "";
  input.addEventListener("change", () => {
    const found = read(field, input.value);
    if (found === undefined && !field.required) form.remove(path);
    else if (found !== undefined) form.set(path, found);
  });
  const words_ = words && !long ? make("datalist", { id: `${id}-words` }, ...words.map((each) => make("option", { value: each }))) : null;
  return make("div", { class: "field", "data-key": field.key }, label(field, id, form), input, words_, described(field, id), reference(value, form));
}

// The value of the setting that a field names can be changed where it is used.
function reference(value, form) {
  const name = typeof value === "string" && value.startsWith("$") ? value.slice(1) : "";
  const setting = name && form.setting?.(name);
  if (!setting) return null;
  const id = `f${++serial}`;
  const input = make("input", { id, type: "text", autocomplete: "off", "data-setting": name });
  input.value = setting.default ?? "";
  input.addEventListener("change", () => form.choose(name, input.value));
  return make("div", { class: "setting" }, make("label", { for: id, text: `${setting.label || name}: usual value` }), input);
}

function choice(field, value, path, form) {
  const id = `f${++serial}`;
  const select = make("select", { id, name: path.join("."), "aria-describedby": `${id}-hint` },
    make("option", { value: "", text: "as usual" }), ...field.choices.map((each) => make("option", { value: each, text: each })));
  select.value = value ?? "";
  select.addEventListener("change", () => (select.value ? form.set(path, select.value) : form.remove(path)));
  return make("div", { class: "field", "data-key": field.key }, label(field, id, form), select, described(field, id));
}

function yes(field, value, path, form) {
  const id = `f${++serial}`;
  const input = make("input", { id, type: "checkbox", name: path.join("."), "aria-describedby": `${id}-hint` });
  input.checked = value ?? field.usual ?? ["tone", "explain"].includes(field.key);
  input.addEventListener("change", () => form.set(path, input.checked));
  return make("div", { class: "field tickable", "data-key": field.key }, make("div", { class: "line" }, input, label(field, id, form)), described(field, id));
}

function group(field, value, path, form) {
  const inside = value && typeof value === "object" ? value : {};
  const parts = field.fields.map((each) => control(each, inside[each.key], [...path, each.key], form));
  if (field.more) {
    const names = Object.keys(inside).filter((key) => !field.fields.some((each) => each.key === key));
    parts.push(...names.map((key) => control({ ...field.more, label: key }, inside[key], [...path, key], form)));
    parts.push(adder("Another side", (key) => form.set([...path, key], blank(field.more))));
  }
  return nested(field, parts, value !== undefined, form);
}

function nested(field, parts, open, form) {
  const title = field.label || field.shape || form.label || "More";
  return make("details", { class: "nest", open: open || field.open, "data-key": field.key },
    make("summary", { text: title }), field.help ? make("p", { class: "hint", text: field.help }) : null, ...parts);
}

function map(field, value, path, form) {
  const parts = Object.entries(value ?? {}).map(([key, each]) => make("fieldset", { class: "entry" },
    make("legend", { text: key }), control({ ...field.value, label: "Value", open: true }, each, [...path, key], form),
    renamer(field, key, path, form), button(`Remove ${key}`, () => form.remove([...path, key]))));
  const words = field.keys === "time" ? "Add at this time (5s)" : "Add one by this name";
  parts.push(adder(words, (key) => form.set([...path, field.keys === "time" ? read({ kind: "time" }, key) : key], blank(field.value))));
  return nested(field, parts, value !== undefined, form);
}

function renamer(field, key, path, form) {
  const id = `f${++serial}`;
  const input = make("input", { id, type: "text", autocomplete: "off" });
  input.value = key;
  input.addEventListener("change", () => input.value.trim() && input.value.trim() !== key && form.rename([...path, key], input.value.trim()));
  return make("div", { class: "field" }, make("label", { for: id, text: field.keys === "time" ? "When" : "Name" }), input);
}

function adder(text, add) {
  const id = `f${++serial}`;
  const input = make("input", { id, type: "text", autocomplete: "off" });
  return make("div", { class: "adder" }, make("label", { for: id, text }), input,
    button("Add", () => input.value.trim() && add(input.value.trim()), { "aria-label": `Add: ${text}` }));
}

function list(field, value, path, form) {
  if (field.brief && field.key === "sides") return listed(field, value, path, form);
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  const parts = items.map((each, index) => make("div", { class: "item" },
    control({ ...field.item, label: `${field.label || "Item"} ${index + 1}`, open: true }, each, [...path, index], form),
    button(`Remove ${index + 1}`, () => (items.length > 1 ? form.remove([...path, index]) : form.remove(path)))));
  parts.push(button("Add one", () => form.set(path, [...items, blank(field.item)]), { "aria-label": `Add one: ${field.label || field.shape || "list"}` }));
  return nested(field, parts, value !== undefined, form);
}

// Short words on one line, with commas.
function listed(field, value, path, form) {
  const id = `f${++serial}`;
  const input = make("input", { id, name: path.join("."), type: "text", autocomplete: "off", "aria-describedby": `${id}-hint`, required: true });
  input.value = (value ?? []).join(", ");
  input.addEventListener("change", () => {
    const words = input.value.split(",").map((each) => each.trim()).filter(Boolean);
    if (words.length) form.set(path, words);
  });
  return make("div", { class: "field", "data-key": field.key }, label(field, id, form), input, described(field, id));
}

function shapes(field, value, path, form) {
  const now = Math.max(0, field.options.findIndex((each) => fits(each, value)));
  const id = `f${++serial}`;
  const select = make("select", { id, "aria-label": `${field.label || "Value"}: how it is written` },
    ...field.options.map((each, index) => make("option", { value: index, text: each.shape })));
  select.value = now;
  select.addEventListener("change", () => form.set(path, blank(field.options[select.value], value)));
  const inner = control({ ...field.options[now], key: field.key, label: field.label, help: field.options[now].help || field.help, required: field.required, open: true, brief: field.brief }, value, path, form);
  return make("div", { class: `shapes s-${field.options[now].kind}` }, inner, select);
}

function fits(field, value) {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return field.kind === "list";
  if (typeof value === "object") return field.kind === "group" || field.kind === "map";
  return !["group", "map", "list"].includes(field.kind);
}

// A first value that the language takes, with the words that stood there before.
export function blank(field, before) {
  const words = typeof before === "string" ? before : Array.isArray(before) && typeof before[0] === "string" ? before[0] : undefined;
  switch (field.kind) {
    case "list": return [blank(field.item, before), ...Array((field.min || 1) - 1 > 0 ? field.min - 1 : 0).fill(blank(field.item))];
    case "shapes": return blank(field.options[0], before);
    case "map": return {};
    case "group": {
      const needed = field.fields.filter((each) => each.required);
      const some = needed.length ? needed : field.fields.slice(0, 1);
      return Object.fromEntries(some.map((each) => [each.key, blank(each, before)]));
    }
    case "yes": return true;
    case "choice": return field.choices[0];
    case "time": return "5s";
    case "amount": return "20s";
    case "count": case "whole": case "number": return Math.max(field.min ?? 0, field.key === "tempo" || field.key === "beats" ? 60 : 3);
    case "volume": return 0;
    default: return words ?? known?.suggested[field.key]?.[1] ?? "…";
  }
}

const KINDS = { choice, yes, group, map, list, shapes, steps: () => "" };
