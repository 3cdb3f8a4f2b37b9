// Saves a session that was composed. Without it, the session can be played and downloaded.
const $ = (id) => document.getElementById(id);
const name = $("made").dataset.name;

export async function change(method, link, body) {
  const answer = await fetch(link, {
    method, credentials: "same-origin", body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-audioguide": "1" },
  });
  const data = await answer.json().catch(() => ({ error: `the server said ${answer.status}` }));
  if (!answer.ok) throw new Error(data.error || data.faults?.[0]?.said || `the server said ${answer.status}`);
  return data;
}

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
