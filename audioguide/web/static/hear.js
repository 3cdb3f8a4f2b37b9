// Plays the routine that is being built, from a step on.
import { Sound } from "/static/sound.js";

const $ = (id) => document.getElementById(id);

export function hear(ask, say) {
  const audio = $("audio");
  if (!audio) return null;
  let heard = null;
  const sound = new Sound(audio, ask, {
    made: (how) => { $("at").textContent = how?.phrases ? `Speaking: ${how.spoken} of ${how.phrases}` : ""; },
    known: (found) => { heard = found; },
    failed: (error) => say(error.message),
  });
  audio.addEventListener("playing", () => say("Playing."));
  for (const kind of ["play", "pause", "timeupdate", "seeking"]) {
    audio.addEventListener(kind, () => {
      $("stop").textContent = audio.paused ? "Play on" : "Pause";
      const time = Math.floor(sound.time);
      $("at").textContent = `${Math.floor(time / 60)}:${String(time % 60).padStart(2, "0")}`;
    });
  }
  $("stop")?.addEventListener("click", () => (audio.paused ? sound.play() : audio.pause()));
  // `named` is what the server calls this version; `card` says where to begin.
  return async (named, { line, start }) => {
    const part = encodeURIComponent(named);
    const links = { audio: `/audio/${part}.mp3`, live: `/live/${part}.mp3`, ready: `/api/ready/${part}`, words: `/api/words/${part}` };
    if (sound.loaded !== links.audio) { heard = null; sound.load(links); }
    $("playing").hidden = false;
    say("Preparing …");
    await sound.go(() => heard?.lines.filter((each) => ["say", "hold"].includes(each.kind))[line]?.start ?? start);
    if (sound.goal) sound.goal.playing = true;
    else await sound.play().catch((error) => error.name !== "AbortError" && say(error.message));
  };
}
