// Leads to the editor of a new routine.
document.getElementById("new")?.addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign(`/own/${encodeURIComponent(document.getElementById("name").value.trim())}${event.submitter?.value === "paste" ? "#paste" : ""}`);
});
