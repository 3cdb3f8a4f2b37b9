// Turns settings and plays. Without it, the form, the player of the browser and the links do.
const $ = (id) => document.getElementById(id);
const form = $("settings");
const audio = $("audio");
const player = $("player");
const seek = $("seek");
const name = player.dataset.name;
const STEP = 15;

let view = null; // what is shown: estimated, or measured once it is heard
let heard = null; // what is loaded into the player, measured
let loaded = ""; // its link
let asked = 0;
let dragging = false;

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

function wanted() {
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("[name]")) {
    // A fit may change a setting only as long as the listener did not choose its value.
    const knob = field.closest("[data-knob]");
    const left = field.name.startsWith("set.") && knob && !("asked" in knob.dataset);
    if (field.type === "checkbox" && !field.checked) continue;
    if (!left && field.value !== "" && field.value !== field.dataset.usual) query.set(field.name, field.value);
  }
  return query.toString();
}

// What a screen reader says of a slider: "20 seconds", not "20".
function speak(slider) {
  const unit = slider.dataset.unit;
  const one = Number(slider.value) === 1 ? unit.replace(/s$/, "") : unit;
  slider.setAttribute("aria-valuetext", [slider.value, one].filter(Boolean).join(" "));
}

// Settings that were left alone stand at what is heard: at their defaults, or where a fit has put them.
function followFit(knobs) {
  for (const knob of form.querySelectorAll("[data-knob]:not([data-asked])")) {
    const number = knob.querySelector("input[type=number]");
    const value = knobs[number.name.replace(/^set\./, "")];
    if (!number.name.startsWith("set.") || value === undefined || number === document.activeElement) continue;
    number.value = value;
    const slider = knob.querySelector("input[type=range]");
    if (slider && slider !== document.activeElement) {
      slider.value = value;
      speak(slider);
    }
  }
}

async function look() {
  const turn = ++asked;
  const query = wanted();
  try {
    const data = await ask(`/api/look/${encodeURIComponent(name)}${query ? `?${query}` : ""}`);
    if (turn !== asked) return;
    fault("");
    show(data, false);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  } catch (error) {
    if (turn === asked) fault(error.message);
  }
}

let waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 40);
}

for (const knob of document.querySelectorAll("[data-knob]")) {
  const number = knob.querySelector("input[type=number]");
  const slider = knob.querySelector("input[type=range]");
  number.dataset.usual ??= "";
  if (slider.disabled) {
    slider.remove();
  } else {
    slider.hidden = false;
    if (number.value !== "") speak(slider);
    slider.addEventListener("input", () => turned(slider.value));
  }
  for (const [button, way] of [["[data-less]", -1], ["[data-more]", 1]]) {
    const one = knob.querySelector(button);
    one.hidden = false;
    one.addEventListener("click", () => {
      if (number.value === "") number.value = slider.value;
      else if (way > 0) number.stepUp();
      else number.stepDown();
      turned(number.value);
    });
  }
  number.addEventListener("input", () => {
    chosen(number.value !== "");
    if (number.value !== "" && !slider.disabled) {
      slider.value = number.value;
      speak(slider);
    } else if (number.placeholder) {
      slider.setAttribute("aria-valuetext", number.placeholder);
    }
    if (number.validity.valid) soon();
    else fault(`${document.querySelector(`label[for="${number.id}"]`).textContent}: ${number.validationMessage}`);
  });
  function turned(value) {
    chosen(true);
    number.value = value;
    if (slider) {
      slider.value = value;
      speak(slider);
    }
    soon();
  }
  function chosen(yes) {
    if (yes) knob.dataset.asked = "";
    else delete knob.dataset.asked;
  }
  if (number.name === "minutes" && !number.value) slider.value = 10;
}
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
  followFit(data.knobs);
  $("download").href = data.download;
  if ($("plan")) $("plan").search = data.query;
  fill($("places"), data.chapters, (place, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(span(place.title), span(clock(place.start), "at"));
    button.addEventListener("click", () => leap(index));
    return button;
  });
  $("places").closest("section").hidden = data.chapters.length === 0;
  fill($("words"), data.lines, (line, _, item) => {
    item.className = `w-${line.kind}`;
    return document.createTextNode(line.text);
  });
  const other = loaded && loaded !== data.audio;
  if (!other) place();
  if (other && !audio.paused) say("Settings changed: pause, then play the new version.");
  else if (other) say("Press play for the new version.");
  else if (!loaded) say("");
  button();
}

function span(text, kind = "") {
  const made = document.createElement("span");
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function fill(list, things, make) {
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
  if (!view || loaded === view.audio) return;
  const link = view.audio;
  say("Preparing …");
  heard = null;
  loaded = link;
  player.classList.add("loaded");
  audio.src = link;
  audio.load();
  ask(view.words).then(
    (data) => {
      if (loaded !== link) return;
      heard = data;
      if (view.audio === link) show(data, true);
      session();
    },
    (error) => fault(error.message),
  );
}

async function play() {
  await load();
  try {
    await audio.play();
  } catch (error) {
    if (error.name !== "AbortError") fault(error.message);
  }
}

async function leap(index) {
  const link = view.audio;
  const start = view.chapters[index].start;
  if (loaded !== link) await load();
  const to = heard && loaded === link ? heard.chapters[index].start : start;
  await begun();
  audio.currentTime = to;
  await play();
}

function begun() {
  if (audio.readyState >= 1) return Promise.resolve();
  audio.preload = "auto";
  return new Promise((done) => audio.addEventListener("loadedmetadata", done, { once: true }));
}

function move(by) {
  if (audio.readyState >= 1) audio.currentTime = Math.min(Math.max(0, audio.currentTime + by), audio.duration);
}

function length() {
  return Number.isFinite(audio.duration) ? audio.duration : (heard || view)?.length || 0;
}

function place() {
  const all = length();
  const at = audio.currentTime;
  seek.max = all;
  if (!dragging) seek.value = at;
  seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(all)}`);
  $("at").textContent = clock(at);
  $("left").textContent = `−${clock(all - at)}`;
  $("head").hidden = !loaded;
  $("head").style.left = `${all ? (100 * at) / all : 0}%`;
  follow(at);
}

function follow(at) {
  if (!heard || loaded !== view?.audio) return;
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
  const fresh = loaded && view && loaded !== view.audio;
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
    seekto: (how) => { audio.currentTime = how.seekTime; },
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
  return heard.chapters.findLastIndex((each) => each.start <= audio.currentTime + 0.05);
}

// The start of this part, where its words are: "say it again". At the start, the part before.
function again() {
  if (!heard?.chapters.length) return move(-audio.currentTime);
  const now = Math.max(0, here());
  const late = audio.currentTime - heard.chapters[now].start > AGAIN;
  audio.currentTime = heard.chapters[late ? now : Math.max(0, now - 1)].start;
}

function next() {
  const found = heard?.chapters[here() + 1];
  if (found) audio.currentTime = found.start;
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
  await begun();
  audio.currentTime = to;
  dragging = false;
});
$("strip").addEventListener("click", async (event) => {
  const box = $("strip").getBoundingClientRect();
  await load();
  await begun();
  audio.currentTime = ((event.clientX - box.left) / box.width) * length();
});
for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, button);
for (const event of ["timeupdate", "seeked", "durationchange"]) audio.addEventListener(event, place);
audio.addEventListener("playing", () => say(""));
audio.addEventListener("pause", () => view && loaded !== view.audio && say("Press play for the new version."));
audio.addEventListener("ended", () => say("Done."));
audio.addEventListener("waiting", () => say("Preparing …"));
audio.addEventListener("error", async () => {
  if (!loaded) return;
  const link = loaded;
  loaded = "";
  say("");
  // A player says no more than that it could not: the words of the server say why.
  await ask(link.replace(/^\/audio\/(.*)\.mp3/, "/api/words/$1")).then(
    () => fault("The sound was cut off. Press play to go on."), (error) => fault(error.message),
  );
  button();
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, button, a") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === " ") { event.preventDefault(); $("play").click(); }
  if (event.key === "ArrowLeft") move(-5);
  if (event.key === "ArrowRight") move(5);
});

look();
