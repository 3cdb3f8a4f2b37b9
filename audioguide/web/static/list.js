// Narrows the list while one types; without it, the form asks the server.
const field = document.getElementById("q");
const cards = [...document.querySelectorAll("#cards > li")];

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const card of cards) {
    const fits = words.every((word) => card.dataset.text.includes(word));
    card.hidden = !fits;
    left += fits;
  }
  document.getElementById("none").hidden = left > 0;
}

// What the server has left out for these words comes back only from there.
if (!field.value) {
  field.addEventListener("input", narrow);
  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    field.blur();
  });
}
