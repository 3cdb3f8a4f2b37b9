// Builds a routine: its text is the one truth, an edit of a card becomes an edit of the text, made by the server.
import { draw, fresh } from "/static/cards.js";
import { button, control, known, learn, make } from "/static/fields.js";
import { hear } from "/static/hear.js";
import { Kept } from "/static/kept.js";
import { Server } from "/static/server.js";
import { sounds } from "/static/sounds.js";
import { View } from "/static/yaml.js";

const $ = (id) => document.getElementById(id);
const main = $("main");
const name = main.dataset.name;
const at = `/api/own/${encodeURIComponent(name)}`;

let etag = main.dataset.etag; // of the file that this page shows; "" for a new one
let text = $("text").value;
let saved = etag ? text : null;
let state = null;
let busy = Promise.resolve();
const past = [];
const future = [];
const kept = new Kept(name, notice);
const view = new View($("text"), $("numbers"), $("faults"), (value) => {
  remember();
  text = value;
  queue(async () => { await look(); show(); }, true);
});

// --- the server -------------------------------------------------------------------------------

const server = new Server(say);
const send = (...how) => server.send(...how);
const ask = (link) => server.ask(link);

// One after the other: each edit is made of the text that the one before left. Of several looks the last one counts.
let newest = 0;
function queue(work, latest = false) {
  const mine = ++newest;
  busy = busy.then(() => (latest && mine !== newest ? null : work())).catch((error) => say(error.message));
  return busy;
}

// Nothing moves under a finger: what is drawn between press and release would let the click go past its button.
const PRESS = 1000; // ms; a list that opens and a menu may never report the release
let pressed = 0;
addEventListener("pointerdown", (event) => { pressed = event.timeStamp; }, true);
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { pressed = 0; }, true);

async function released() {
  while (pressed && performance.now() - pressed < PRESS) await new Promise((done) => setTimeout(done, 20));
}

async function look(edit = null) {
  const before = text;
  const { data } = await send("POST", `/api/build/${encodeURIComponent(name)}`, { text, edit });
  await released();
  if (text !== before) return; // typed since: that is looked at next
  if (edit) { remember(); text = data.text; }
  state = data;
}

function edit(change, focus = "") {
  view.flush();
  return queue(async () => { await look(change); show(focus); });
}

async function edits(changes, focus = "") {
  view.flush();
  return queue(async () => {
    for (const change of changes) await look(change);
    show(focus);
  });
}

function remember() {
  if (past.at(-1) === text) return;
  past.push(text);
  if (past.length > 200) past.shift();
  future.length = 0;
}

function travel(from, to) {
  if (!from.length) return;
  to.push(text);
  text = from.pop();
  queue(async () => { await look(); show(); });
}

// --- what is shown ----------------------------------------------------------------------------

function say(words) {
  $("said").textContent = words;
}

async function notice(words, ...buttons) {
  await released();
  const box = make("p", { class: "fault notice" }, `${words} `, ...buttons);
  box.append(button("Close", () => box.remove()));
  $("notices").append(box);
}

function show(focus = "") {
  kept.keep(text, saved, etag);
  $("undo").disabled = !past.length;
  $("redo").disabled = !future.length;
  view.show(text, state.findings);
  const broken = !state.cards;
  $("cards").inert = broken;
  $("fields").inert = broken;
  $("cards").classList.toggle("stale", broken);
  if (broken) $("yaml").open = true;
  if (!broken) {
    const here = focus || held();
    draw($("cards"), state.cards, page);
    $("add").replaceChildren(page.adder(["steps", state.cards.length], "Add a step at the end"));
    about();
    focusOn(here);
  }
  $("findings").replaceChildren(...(broken ? state.findings : state.findings.filter((each) => !each.path.length)).map((each) => make("li", {}, finding(each))));
  if (state.clock) {
    $("clock").textContent = state.clock;
    const drawn = new DOMParser().parseFromString(state.strip, "image/svg+xml").documentElement;
    $("strip").replaceChildren(document.importNode(drawn, true));
  }
  const faults = state.findings.filter((each) => each.level === "error").length;
  const hints = state.findings.length - faults;
  say([faults ? `${faults} fault${faults > 1 ? "s" : ""}` : "No fault", hints ? `${hints} hint${hints > 1 ? "s" : ""}` : "", text === saved ? "saved" : "not saved yet"].filter(Boolean).join(", ") + ".");
}

// Where the focus is, in a way that lives on when the cards are drawn again.
function held() {
  const now = document.activeElement;
  return now?.dataset?.act || now?.name || "";
}

function focusOn(where) {
  if (!where || where === "text" || $("text") === document.activeElement) return;
  const found = [...document.querySelectorAll("[data-act], [name]")].find((each) => each.dataset.act === where || each.name === where);
  if (found && !found.disabled) return found.focus({ preventScroll: false });
  const card = document.querySelector(`[data-path="${CSS.escape(where.split("|")[0])}"]`);
  card?.focus();
}

function about() {
  const open = new Set([...$("fields").querySelectorAll("details[open]")].map((each) => each.dataset.key));
  const form = { ...page.form(null), label: "Value" };
  const parts = known.routine.filter((field) => field.kind !== "steps")
    .map((field) => control(field, state.routine[field.key], [field.key], { ...form, root: field.key }));
  $("fields").replaceChildren(...parts);
  for (const each of $("fields").querySelectorAll("details")) each.open = open.has(each.dataset.key);
}

function finding(each) {
  const box = make("div", { class: each.level === "error" ? "fault" : "hinted" }, make("span", { text: each.said }));
  for (const fix of each.fixes) box.append(button(fix.label, () => edit({ ...fix.edit }), { "aria-label": `${fix.label}: ${each.said.slice(0, 80)}` }));
  return box;
}

// --- what the cards do ------------------------------------------------------------------------

const page = {
  opened: new Set(),
  dragged: null,
  edit,
  findings: (path) => state.findings.filter((each) => each.path.join(".") === path.join(".") && each.path.length).map(finding),
  setting: (wanted) => state.routine.settings?.[wanted],
  form: (card) => ({
    root: card?.kind,
    set: (path, value) => edit({ do: "set", at: path, value }),
    remove: (path) => has(path) && edit({ do: "remove", at: path }),
    rename: (path, key) => edit({ do: "rename", at: path, value: key }),
    settings: () => Object.keys(state.routine.settings ?? {}),
    setting: (wanted) => page.setting(wanted),
    choose: (wanted, value) => page.choose(wanted, value),
  }),
  // Set the usual value of a setting; its bounds make room for it.
  choose(wanted, typed, accept = null, which = "default") {
    const setting = page.setting(wanted);
    const time = typeof setting.default === "string";
    const plain = typed.trim();
    const value = /^\d+(\.\d+)?$/.test(plain) ? (time ? `${plain}s` : Number(plain)) : plain;
    const changes = [];
    for (const [bound, wrong] of [["min", (one, other) => one < other], ["max", (one, other) => one > other]]) {
      if (which !== bound && setting[bound] !== undefined && wrong(size(value), size(setting[bound]))) {
        changes.push({ do: "set", at: ["settings", wanted, bound], value });
        const load = setting.load?.[bound];
        if (load !== undefined && wrong(size(value), size(load))) changes.push({ do: "set", at: ["settings", wanted, "load", bound], value: bound === "max" ? `${size(value) + 15}s` : value });
      }
    }
    changes.push({ do: "set", at: ["settings", wanted, which], value });
    if (setting.source && setting.source !== "ours") changes.push({ do: "set", at: ["settings", wanted, "source"], value: "ours" });
    if (accept) changes.push(accept);
    return edits(changes);
  },
  // Take the sides away, and the words for them.
  oneSided(card, accept) {
    const changes = [accept];
    const walk = (cards) => cards.forEach((each) => {
      for (const [key, value] of Object.entries(each.step)) {
        if (typeof value === "string" && value.includes("{")) changes.push({ do: "set", at: [...each.path, key], value: value.replace(/\{(other_)?side\} ?/g, "").replace(/  +/g, " ") });
      }
      walk(each.steps ?? []);
    });
    walk(card.steps);
    return edits([...changes, { do: "unwrap", at: card.path }]);
  },
  block: (above, index) => index >= 0 && find([...above, index])?.steps,
  move(path, way) {
    const above = path.slice(0, -1);
    const index = path.at(-1);
    const before = page.block(above, index - 1);
    const to = {
      up: index > 0 && [[...above, index - 1], [...above, index - 1]],
      down: index < list(above).length - 1 && [[...above, index + 2], [...above, index + 1]],
      in: before && [[...above, index - 1, "steps", before.length], [...above, index - 1, "steps", before.length]],
      out: path.length > 3 && [[...path.slice(0, -3), path.at(-3) + 1], [...path.slice(0, -3), path.at(-3) + 1]],
    }[way];
    if (to) edit({ do: "move", at: path, to: to[0] }, `${to[1].join(".")}|${way}`);
  },
  adder(place, label) {
    const id = `add-${place.join(".")}`;
    const select = make("select", { id, "data-act": `${place.join(".")}|add` }, ...Object.entries(known.steps).map(([kind, each]) => make("option", { value: kind, text: `${each.label}: ${each.help.replace(/\.$/, "")}` })));
    return make("div", { class: "adder row" }, make("label", { for: id, class: place.length > 2 ? "hidden" : "", text: label }), select,
      button("Add", () => edit({ do: "insert", at: place, value: fresh(select.value, Object.keys(state.routine.settings ?? {})) }, place.join(".")), { "aria-label": label }));
  },
  play: (card) => playFrom(card),
};

const size = (value) => {
  const found = /^(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(String(value).trim());
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0) : NaN;
};

function list(above) {
  return above.length === 1 ? state.cards : find(above.slice(0, -1)).steps;
}

function find(path) {
  let cards = state.cards;
  let card = null;
  for (const part of path) {
    if (typeof part === "number") { card = cards?.[part]; cards = card?.steps; }
  }
  return card;
}

function has(path) {
  const top = typeof path[1] === "number" ? path.findLastIndex((part, index) => typeof part === "number" && path[index - 1] === "steps") : -1;
  let node = top < 0 ? state.routine : find(path.slice(0, top + 1))?.step;
  for (const part of path.slice(top + 1)) node = node?.[part];
  return node !== undefined;
}

// --- keyboard and drag ------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !writing && "zy".includes(event.key.toLowerCase())) {
    event.preventDefault();
    if (event.key.toLowerCase() === "y" || event.shiftKey) travel(future, past);
    else travel(past, future);
  }
  const card = event.target.closest("[data-path]");
  const way = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }[event.key];
  if (event.altKey && way && card) {
    event.preventDefault();
    page.move(pathOf(card), way);
  }
});

const pathOf = (card) => card.dataset.path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

$("cards")?.addEventListener("dragover", (event) => {
  if (!page.dragged) return;
  event.preventDefault();
  unmark();
  event.target.closest("[data-path]")?.classList.add("target");
});
function unmark() {
  for (const each of $("cards").querySelectorAll(".target")) each.classList.remove("target");
}
$("cards")?.addEventListener("dragend", () => { page.dragged = null; unmark(); });
$("cards")?.addEventListener("drop", (event) => {
  const card = event.target.closest("[data-path]");
  if (!card || !page.dragged) return;
  event.preventDefault();
  unmark();
  const to = pathOf(card);
  const box = card.getBoundingClientRect();
  if (event.clientY > box.top + box.height / 2) to.push(to.pop() + 1);
  const from = page.dragged;
  page.dragged = null;
  const below = [...from.slice(0, -1), from.at(-1) + 1]; // where it stands already
  if (![from, below].some((each) => to.join(".") === each.join(".")) && to.slice(0, from.length).join(".") !== from.join(".")) edit({ do: "move", at: from, to });
});

const playIt = hear(ask, say);

async function playFrom(card) {
  view.flush();
  await busy;
  if (!state.heard) return say("Fix the faults first: then it can be played.");
  await playIt(state.heard, card);
}

// --- save, paste, undo ------------------------------------------------------------------------

const ours = () => (etag ? { "if-match": `"${etag}"` } : { "if-none-match": "*" });

function save(condition = null) {
  view.flush();
  return queue(async () => {
    const value = text;
    try {
      const { data, answer } = await send("PUT", at, { text: value }, condition ?? ours());
      if (data.faults.length) return say("Not saved: fix the faults first.");
      etag = answer.headers.get("etag").replaceAll('"', "");
      saved = value;
      kept.keep(text, saved, etag);
      kept.announce();
      for (const id of ["listen", "download"]) $(id).hidden = false;
      say("Saved.");
    } catch (error) {
      if (error.status !== 412) throw error;
      notice("This routine was changed elsewhere: in another tab, or by another program.",
        button("Save mine over it", () => save({})), button("Load the other one", () => { kept.forget(); saved = text; location.reload(); }));
    }
  });
}

$("save")?.addEventListener("click", () => save());
$("undo")?.addEventListener("click", () => travel(past, future));
$("redo")?.addEventListener("click", () => travel(future, past));
$("remove")?.addEventListener("click", async () => {
  if (!confirm(`Remove ${name} for good?`)) return;
  try {
    await send("DELETE", at, {}, ours());
    kept.forget();
    saved = text;
    location.assign("/own");
  } catch (error) {
    say(error.message);
  }
});
$("pasted")?.addEventListener("input", () => kept.keepPasted($("pasted").value));
$("draft")?.addEventListener("click", () => queue(async () => {
  try {
    const { data } = await send("POST", "/api/draft", { text: $("pasted").value });
    remember();
    text = data.text;
    await look();
    show();
    const all = data.found.map((each) => `${each.title} (${each.summary})`).join("; ");
    $("drafted").textContent = `${data.found.length} exercise${data.found.length > 1 ? "s" : ""}: ${all}. ${data.notes.join(" ")} Undo brings back what was here.`;
    $("paste").open = false;
    kept.keepPasted("");
    say(`Found: ${all}. Look at each step, above all where something was assumed.`);
    $("steps-title").scrollIntoView();
  } catch (error) {
    $("drafted").textContent = error.message;
  }
}));
sounds(ask, say, () => show());

addEventListener("beforeunload", (event) => { if (text !== saved && !kept.works) event.preventDefault(); });

if (main.querySelector("#cards")) {
  queue(async () => {
    await learn(ask);
    const before = kept.found(text, etag);
    if (before !== null) {
      past.push(text);
      text = before;
      notice("Changes that you had not saved are back.", button("Take the saved text", () => { kept.forget(); travel(past, future); }));
    }
    await look();
    show();
  });
  if (kept.pasted()) [$("pasted").value, $("paste").open] = [kept.pasted(), true];
  if (location.hash === "#paste") { $("paste").open = true; $("pasted").focus(); }
} else {
  view.show(text, []);
}
