// Turns settings and plays. Without it, the form, the player of the browser and the links do.
import { followFit, turn, wanted } from "/static/controls.js";
import { played } from "/static/recent.js";
import { Sound } from "/static/sound.js";

const $ = (id) => document.getElementById(id);
const form = $("settings");
const audio = $("audio");
const player = $("player");
const seek = $("seek");
const name = player.dataset.name;
const STEP = 15;

let view = null; // what is shown: estimated, or measured once it is heard
let heard = null; // what is loaded into the player: measured, or as far as it is spoken
let broken = null; // where it was cut off: its link, and the second
let asked = 0;
let dragging = false;

const sound = new Sound(audio, ask, { made, known, failed });

document.documentElement.classList.add("script");
audio.controls = false;
audio.removeAttribute("src");
audio.hidden = true;
$("controls").hidden = false;
$("update").hidden = true;

function clock(time) {
  const all = Math.max(0, Math.floor(time));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const tail = `${String(seconds).padStart(2, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

function say(text) {
  $("state").textContent = text;
}

function fault(text) {
  $("fault").textContent = text;
  $("fault").hidden = !text;
}

async function ask(link) {
  const answer = await fetch(link, { credentials: "same-origin" });
  const data = await answer.json().catch(() => ({ error: `the server said ${answer.status}` }));
  if (!answer.ok || data.error) throw new Error(data.error || `the server said ${answer.status}`);
  return data;
}

// --- settings ---------------------------------------------------------------------------------

async function look() {
  const mine = ++asked;
  const query = wanted(form);
  try {
    const data = await ask(`/api/look/${encodeURIComponent(name)}${query ? `?${query}` : ""}`);
    if (mine !== asked) return;
    fault("");
    show(data, false);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  } catch (error) {
    if (mine === asked) fault(error.message);
  }
}

let waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 40);
}

turn(form, soon, fault);
for (const choice of form.querySelectorAll("select, [type=checkbox]")) {
  choice.addEventListener("change", soon);
}
form.noValidate = true; // a fit finds values between two steps of a slider
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});

// --- what is shown ----------------------------------------------------------------------------

function show(data, measured) {
  view = data;
  $("about").textContent = measured || data.exact ? "" : "about";
  $("clock").textContent = data.clock;
  const drawn = new DOMParser().parseFromString(data.strip, "image/svg+xml").documentElement;
  $("strip").querySelector("svg").replaceWith(document.importNode(drawn, true));
  $("fit").textContent = data.fit || "Holds and rests change within their bounds until the total is this long.";
  followFit(form, data.controls);
  $("download").href = data.download;
  if ($("plan")) $("plan").search = data.query;
  fill($("places"), data.chapters, (place) => place.title, (place, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(span(place.title), span(clock(place.start), "at"));
    button.addEventListener("click", () => leap(index));
    return button;
  });
  $("places").closest("section").hidden = data.chapters.length === 0;
  data.chapters.forEach((each, index) => {
    $("places").children[index].querySelector(".at").textContent = clock(each.start);
  });
  fill($("words"), data.lines, (line) => `${line.kind} ${line.text}`, (line, _, item) => {
    item.className = `w-${line.kind}`;
    return document.createTextNode(line.text);
  });
  const other = sound.loaded && sound.loaded !== data.audio;
  if (!other) place();
  if (other && !audio.paused) say("Settings changed: pause, then play the new version.");
  else if (other) say("Press play for the new version.");
  else if (!sound.loaded) say("");
  button();
}

function span(text, kind = "") {
  const made = document.createElement("span");
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

// While a version is spoken its places move, but its words stay: the list stays too, with what has the focus.
function fill(list, things, text, make) {
  const same = JSON.stringify(things.map(text));
  if (list.dataset.same === same) return;
  list.dataset.same = same;
  list.replaceChildren(
    ...things.map((thing, index) => {
      const item = document.createElement("li");
      item.append(make(thing, index, item));
      return item;
    }),
  );
}

// --- playing ----------------------------------------------------------------------------------

async function load() {
  if (!view) await look();
  if (!view || sound.loaded === view.audio) return;
  say("Preparing …");
  heard = null;
  player.classList.add("loaded");
  sound.load(view, broken?.link === view.audio ? broken.at : 0);
  broken = null;
}

// How far it is spoken; null for all of it.
function made(state) {
  $("making").hidden = !state;
  $("unspoken").hidden = !state?.live;
  if (!state) return;
  const bar = $("spoken");
  bar.max = state.phrases || 1;
  if (state.phrases) bar.value = state.spoken;
  else bar.removeAttribute("value");
  const all = (heard || view)?.length;
  $("unspoken").style.left = `${all ? (100 * Math.min(sound.certain, all)) / all : 0}%`;
  $("making-text").textContent = makingText(state);
}

function makingText(state) {
  if (!state.phrases) return "Getting the voice ready …";
  const left = state.left === null ? "" : `, about ${span_of(state.left)} left`;
  const far = `${state.spoken} of ${state.phrases}${left}`;
  if (state.live) return `${sound.goal ? "Speaking what comes before" : "Speaking the rest"}: ${far}`;
  return `${state.why ? `All of it is spoken first, as ${state.why}` : "Speaking"}: ${far}`;
}

function span_of(seconds) {
  const minutes = Math.round(seconds / 60);
  return seconds < 100 ? `${Math.max(1, Math.round(seconds))} s` : `${minutes} minutes`;
}

function known(data, whole) {
  const fresh = !heard;
  heard = data;
  if (view?.audio === sound.loaded) show(data, whole);
  if (fresh || whole) session();
}

function failed(error) {
  made(null);
  say("");
  fault(error.message);
  sound.unload();
  audio.pause();
  button();
}

async function play() {
  await load();
  try {
    await sound.play();
  } catch (error) {
    if (error.name !== "AbortError" && sound.loaded) fault(error.message);
  }
}

async function leap(index) {
  if (sound.loaded !== view.audio) await load();
  await sound.go(() => (heard || view).chapters[index].start);
  if (!sound.goal) await play();
  else sound.goal.playing = true;
}

function move(by) {
  const to = sound.time + by;
  if (sound.loaded) sound.go(() => Math.min(to, length()));
}

function length() {
  return sound.length ?? (heard || view)?.length ?? 0;
}

function place() {
  const all = length();
  const at = sound.time;
  seek.max = all;
  if (!dragging) seek.value = at;
  seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(all)}`);
  $("at").textContent = clock(at);
  $("left").textContent = `−${clock(all - at)}`;
  $("head").hidden = !sound.loaded;
  $("head").style.left = `${all ? (100 * at) / all : 0}%`;
  follow(at);
}

function follow(at) {
  if (!heard || sound.loaded !== view?.audio) return;
  const here = heard.lines.findLastIndex((line) => line.start <= at + 0.05);
  const line = heard.lines[here];
  const items = $("words").children;
  if (items[here] && !items[here].classList.contains("here")) {
    $("words").querySelector(".here")?.classList.remove("here");
    items[here].classList.add("here");
    if (!audio.paused) $("words-box").scrollTop = items[here].offsetTop - $("words-box").clientHeight / 3;
  }
  const left = line && line.kind !== "say" && line.end > at ? ` · ${Math.ceil(line.end - at)}` : "";
  $("now").textContent = line && (left || at < line.end + 4) ? `${line.text}${left}` : "";
  const chapter = heard.chapters.findLastIndex((each) => each.start <= at + 0.05);
  [...$("places").querySelectorAll("button")].forEach((each, index) => {
    if (index === chapter) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  });
}

function button() {
  const playing = !audio.paused;
  $("play").classList.toggle("playing", playing);
  const fresh = sound.loaded && view && sound.loaded !== view.audio;
  $("play").setAttribute("aria-label", playing ? "Pause" : fresh ? "Play the new version" : "Play");
}

function session() {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: player.dataset.title, artist: "audioguide", album: "audioguide",
    artwork: [{ src: "/static/icon-512.png", sizes: "512x512", type: "image/png" }],
  });
  const actions = {
    play, pause: () => audio.pause(), seekbackward: () => move(-STEP), seekforward: () => move(STEP),
    seekto: (how) => sound.go(() => how.seekTime),
    previoustrack: again, nexttrack: next,
  };
  for (const [action, handler] of Object.entries(actions)) {
    try {
      navigator.mediaSession.setActionHandler(action, handler);
    } catch {
      // this browser does not know that button
    }
  }
}

const AGAIN = 2.5; // s; who presses twice in this time wants the part before

function here() {
  return heard.chapters.findLastIndex((each) => each.start <= sound.time + 0.05);
}

// The start of this part, where its words are: "say it again". At the start, the part before.
function again() {
  if (!heard?.chapters.length) return move(-sound.time);
  const now = Math.max(0, here());
  const late = sound.time - heard.chapters[now].start > AGAIN;
  go(late ? now : Math.max(0, now - 1));
}

function next() {
  if (heard?.chapters[here() + 1]) go(here() + 1);
}

function go(chapter) {
  sound.go(() => heard.chapters[chapter].start);
}

$("play").addEventListener("click", () => (audio.paused ? play() : audio.pause()));
$("back").addEventListener("click", () => move(-STEP));
$("on").addEventListener("click", () => move(STEP));
$("again").addEventListener("click", again);
$("next").addEventListener("click", next);
seek.addEventListener("input", () => { dragging = true; $("at").textContent = clock(seek.value); });
seek.addEventListener("change", async () => {
  const to = Number(seek.value);
  await load();
  await sound.go(() => to);
  dragging = false;
});
$("strip").addEventListener("click", async (event) => {
  const box = $("strip").getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  await load();
  await sound.go(() => share * length());
});
for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, button);
for (const event of ["timeupdate", "seeked", "durationchange"]) audio.addEventListener(event, place);
audio.addEventListener("playing", () => say(""));
audio.addEventListener("playing", () => played(name));
audio.addEventListener("pause", () => view && sound.loaded !== view.audio && say("Press play for the new version."));
audio.addEventListener("ended", () => (sound.streamed && !sound.whole ? cutOff() : say("Done.")));
audio.addEventListener("waiting", () => say(sound.streamed ? "Waiting for the voice …" : "Preparing …"));
audio.addEventListener("error", cutOff);
async function cutOff() {
  if (!sound.loaded) return;
  const link = sound.loaded;
  broken = { link, at: sound.time };
  sound.unload();
  made(null);
  say("");
  button();
  // A player says no more than that it could not: the words of the server say why.
  await ask(link.replace(/^\/audio\/(.*)\.mp3/, "/api/ready/$1")).then(
    () => fault("The sound was cut off. Press play to go on."), (error) => fault(error.message),
  );
}
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, button, a") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === " ") { event.preventDefault(); $("play").click(); }
  if (event.key === "ArrowLeft") move(-5);
  if (event.key === "ArrowRight") move(5);
});

look();
