// Saves a session that was composed. Without it, the session can be played and downloaded.
import { change } from "/static/change.js";

const $ = (id) => document.getElementById(id);
const name = $("made").dataset.name;

function link(text, to) {
  const made = document.createElement("a");
  made.href = to;
  made.textContent = text;
  return made;
}

$("keep").hidden = "fixed" in $("made").dataset;
$("keep").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const saved = await change("POST", `/api/keep/${encodeURIComponent(name)}`, { name: $("keep-name").value.trim() });
    $("kept").replaceChildren(`Saved as ${saved.file}. `, link("Open it", saved.page), " · ", link("Edit it", saved.edit));
  } catch (error) {
    $("kept").textContent = error.message;
  }
});
