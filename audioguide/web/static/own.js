// Leads to the editor of a new routine: any name, or none, becomes one that a file may have.
const form = document.getElementById("new");

function named(words) {
  const plain = words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const name = plain.replace(/[^a-z0-9_]+/g, "-").replace(/^[-_]+|-+$/g, "").slice(0, 64);
  return name || free("my-routine");
}

// Nothing that exists is opened by somebody who wants a new one.
function free(name) {
  const taken = new Set([...document.querySelectorAll("a.card strong")].map((each) => each.textContent));
  for (let number = 1; ; number += 1) {
    const one = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(one)) return one;
  }
}

if (form) form.noValidate = true;
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign(`/own/${encodeURIComponent(named(document.getElementById("name").value))}${event.submitter?.value === "paste" ? "#paste" : ""}`);
});
