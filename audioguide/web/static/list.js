// Narrows the list while you type, and shows what was played last; without it, the form asks the server.
import { recent } from "/static/recent.js";

const $ = (id) => document.getElementById(id);
const PAUSE = 150; // ms without a key, until the server is asked
const field = $("q");
const list = $("list");
const cards = [...list.querySelectorAll(".cards > li")];
let waiting = 0;
let asked = 0;

// `contains` says for a name why a session is there: which of its parts was looked for.
function show(fits, contains) {
  let left = 0;
  for (const card of cards) {
    card.hidden = !fits(card);
    left += !card.hidden;
    const parts = contains(card.dataset.name);
    const line = card.querySelector(".contains");
    line.hidden = !parts.length;
    line.textContent = `Contains: ${parts.join(", ")}`;
  }
  for (const group of list.querySelectorAll(".group")) group.hidden = !group.querySelector(".cards > li:not([hidden])");
  $("recent").hidden = Boolean(field.value.trim()) || !$("recent").querySelector("li");
  $("none").hidden = left > 0;
}

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  asked += 1;
  clearTimeout(waiting);
  if (!words.length) {
    show(() => true, () => []);
    return;
  }
  const own = cards.filter((card) => words.every((word) => card.dataset.text.includes(word)));
  if (own.length) show((card) => own.includes(card), () => []);
  waiting = setTimeout(ask, PAUSE, asked);
}

// The server knows other words for a thing, slips of the finger, and what a session contains.
async function ask(number) {
  const query = new URLSearchParams({ q: field.value, body: list.dataset.body });
  try {
    const answer = await fetch(`/api/found?${query}`);
    if (!answer.ok || number !== asked) return;
    const found = new Map(Object.entries(await answer.json()));
    if (number === asked) show((card) => found.has(card.dataset.name), (name) => found.get(name) ?? []);
  } catch {
    // The server is gone: what the words themselves find stays.
  }
}

function showRecent() {
  const home = $("recent").querySelector(".cards");
  const known = new Map(cards.map((card) => [card.dataset.name, card]));
  home.replaceChildren(...recent().filter((name) => known.has(name)).map((name) => known.get(name).cloneNode(true)));
  for (const line of home.querySelectorAll(".contains")) line.hidden = true;
  $("recent").hidden = Boolean(field.value.trim()) || !home.childElementCount;
}

// What the server has left out for these words comes back only from there.
if (!field.value) {
  field.addEventListener("input", narrow);
  $("find").addEventListener("submit", (event) => {
    event.preventDefault();
    field.blur();
  });
}
showRecent();
addEventListener("pageshow", showRecent);
