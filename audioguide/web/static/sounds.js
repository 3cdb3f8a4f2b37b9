// The user's own sounds: heard, uploaded, and offered in the fields.
import { known, make } from "/static/fields.js";

const $ = (id) => document.getElementById(id);

async function list(ask) {
  const found = await ask("/api/sounds");
  known.suggested = null;
  Object.assign(known, await ask("/api/fields"));
  $("own-sounds").replaceChildren(...found.map((each) => make("li", {}, make("code", { text: each }), " ",
    make("audio", { controls: true, preload: "none", src: `/api/sound/${encodeURIComponent(each.replace("sounds/", ""))}`, "aria-label": `Hear ${each}` }))));
}

async function upload(file) {
  const answer = await fetch(`/api/sound/${encodeURIComponent(file.name)}`, {
    method: "PUT", credentials: "same-origin", body: file,
    headers: { "content-type": "application/octet-stream", "x-audioguide": "1" },
  });
  const words = await answer.text();
  if (!answer.ok) throw new Error(JSON.parse(words[0] === "{" ? words : JSON.stringify({ error: words })).error);
  return JSON.parse(words).name;
}

// `show` draws the fields again, which offer what was uploaded.
export function sounds(ask, say, show) {
  $("sounds")?.addEventListener("toggle", () => $("sounds").open && list(ask).catch((error) => say(error.message)), { once: true });
  $("sound")?.addEventListener("change", async () => {
    const [file] = $("sound").files;
    if (!file) return;
    $("sound-said").textContent = "Uploading …";
    try {
      const name = await upload(file);
      $("sound-said").textContent = `Kept as ${name}: choose it in a field for a sound, or as background.`;
      await list(ask);
      show();
    } catch (error) {
      $("sound-said").textContent = error instanceof TypeError ? "The connection was lost: try again." : error.message;
    }
  });
}
