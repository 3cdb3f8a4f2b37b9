// Plays the sound that is in this file, and shows what is said and held. Without it, the player of the browser does.
(() => {
  const $ = (id) => document.getElementById(id);
  const audio = $("audio");
  const { length, moments, chapters } = JSON.parse($("data").textContent);
  const says = moments.filter((each) => each.k === "say");
  const shown = moments.filter((each) => each.k !== "say");
  const items = [...document.querySelectorAll("[data-at]")].map((item) => ({ item, at: Number(item.dataset.at) }));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const STEP = 15; // s
  const AGAIN = 2.5; // s; a second press within this time goes to the part before
  const LINGER = 3; // s that words stay when nothing follows
  const SMALL = 0.42; // of the whole circle, with empty lungs
  const BREATHS = { in: "Breathe in", out: "Breathe out", full: "Hold the breath", empty: "Wait" };

  // A player can only be relied on to seek in a Blob: the sound is copied from the address once.
  const data = atob(audio.src.slice(audio.src.indexOf(",") + 1));
  const bytes = Uint8Array.from(data, (letter) => letter.charCodeAt(0));
  audio.src = URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" }));
  audio.controls = false;
  audio.hidden = true;
  $("player").hidden = false;
  $("seek").max = length;

  // Each line becomes a button that plays from there.
  for (const each of items) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = each.item.textContent;
    button.className = each.item.className;
    button.addEventListener("click", () => { move(each.at); play(); });
    each.item.replaceWith(button);
    each.item = button;
  }

  const clock = (time) => {
    const all = Math.max(0, Math.round(time));
    const tail = `${String(Math.floor(all / 60) % 60).padStart(all >= 3600 ? 2 : 1, "0")}:${String(all % 60).padStart(2, "0")}`;
    return all >= 3600 ? `${Math.floor(all / 3600)}:${tail}` : tail;
  };
  const last = (list, at, start) => list.findLastIndex?.((each) => start(each) <= at) ?? list.filter((each) => start(each) <= at).length - 1;

  function move(to) {
    audio.currentTime = Math.min(Math.max(0, to), length);
    draw();
  }

  async function play() {
    $("fault").textContent = "";
    try {
      await audio.play();
    } catch (error) {
      if (error.name !== "AbortError") $("fault").textContent = "This browser cannot play the sound. Try another one.";
    }
  }

  function part(by) {
    const here = Math.max(0, last(chapters, audio.currentTime + 0.05, (each) => each.s));
    if (by > 0) return chapters[here + 1] && move(chapters[here + 1].s);
    const late = audio.currentTime - (chapters[here]?.s ?? 0) > AGAIN;
    move(chapters[late ? here : Math.max(0, here - 1)]?.s ?? 0);
  }

  let dragging = false;
  function draw() {
    const at = audio.currentTime;
    if (!dragging) $("seek").value = at;
    $("seek").setAttribute("aria-valuetext", `${clock(at)} of ${clock(length)}`);
    $("at").textContent = clock(at);
    $("left").textContent = `−${clock(length - at)}`;
    words(at);
    stage(at);
  }

  function words(at) {
    const line = says[last(says, at + 0.05, (each) => each.s)];
    $("now").textContent = line && at < line.e + LINGER ? line.t : "";
    const here = last(items, at + 0.05, (each) => each.at);
    if (here >= 0 && !items[here].item.hasAttribute("aria-current")) {
      document.querySelector("#words [aria-current]")?.removeAttribute("aria-current");
      items[here].item.setAttribute("aria-current", "true");
    } else if (here < 0) document.querySelector("#words [aria-current]")?.removeAttribute("aria-current");
  }

  function stage(at) {
    const found = shown.filter((each) => each.s <= at && at < each.e);
    const what = found.find((each) => each.k !== "rest") || found[0];
    const breath = what && what.k in BREATHS;
    $("ring").style.display = what && !breath ? "" : "none";
    $("circle").style.display = breath ? "" : "none";
    if (!what) {
      $("count").textContent = "";
      return;
    }
    const gone = (at - what.s) / (what.e - what.s);
    const about = breath ? BREATHS[what.k] : what.k === "rest" ? what.t.replace(/ [^ ]+ [^ ]+$/, "") : ["Hold", what.a].filter(Boolean).join(", ");
    const small = document.createElement("small");
    small.textContent = about;
    $("count").replaceChildren(String(Math.ceil(what.e - at)), small);
    if (breath) {
      const eased = (1 - Math.cos(Math.PI * gone)) / 2;
      const full = { in: eased, out: 1 - eased, full: 1, empty: 0 }[what.k];
      const size = still.matches ? 1 : SMALL + (1 - SMALL) * full;
      $("circle").style.transform = `scale(${size.toFixed(3)})`;
    } else {
      $("ring").style.strokeDashoffset = String(gone);
    }
  }

  function tick() {
    draw();
    if (!audio.paused) requestAnimationFrame(tick);
  }

  let lock = null;
  async function awake(yes) {
    try {
      if (yes) lock = await navigator.wakeLock?.request("screen");
      else await lock?.release();
    } catch {
      // the screen may go dark: the sound goes on
    }
  }

  function changed() {
    const playing = !audio.paused;
    $("play").classList.toggle("playing", playing);
    $("play").setAttribute("aria-label", playing ? "Pause" : "Play");
    awake(playing);
    tick();
  }

  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, changed);
  for (const event of ["seeked", "timeupdate", "loadedmetadata"]) audio.addEventListener(event, draw);
  audio.addEventListener("error", () => { $("fault").textContent = "This browser cannot play the sound. Try another one."; });
  $("play").addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  $("back").addEventListener("click", () => move(audio.currentTime - STEP));
  $("on").addEventListener("click", () => move(audio.currentTime + STEP));
  $("again").addEventListener("click", () => part(-1));
  $("next").addEventListener("click", () => part(1));
  $("seek").addEventListener("input", () => { dragging = true; move(Number($("seek").value)); });
  $("seek").addEventListener("change", () => { dragging = false; });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const own = event.target.closest?.("button, input, a");
    if (event.key === " " && !own) { event.preventDefault(); $("play").click(); }
    if (event.target.closest?.("input")) return; // the slider has arrows of its own
    if (event.key === "ArrowLeft") move(audio.currentTime - 5);
    if (event.key === "ArrowRight") move(audio.currentTime + 5);
  });
  if ("mediaSession" in navigator) {
    navigator.mediaSession.metadata = new MediaMetadata({ title: document.title, artist: "audioguide" });
    const actions = {
      play, pause: () => audio.pause(), previoustrack: () => part(-1), nexttrack: () => part(1),
      seekbackward: () => move(audio.currentTime - STEP), seekforward: () => move(audio.currentTime + STEP),
      seekto: (how) => move(how.seekTime),
    };
    for (const [action, handler] of Object.entries(actions)) {
      try {
        navigator.mediaSession.setActionHandler(action, handler);
      } catch {
        // this browser does not know that button
      }
    }
  }
  changed();
})();
