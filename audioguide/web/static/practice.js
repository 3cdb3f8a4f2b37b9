// Removes entries of the practice log.
import { change } from "/static/change.js";

const said = document.getElementById("undone");

for (const button of document.querySelectorAll("[data-number]")) {
  button.hidden = "fixed" in button.dataset;
  button.addEventListener("click", async () => {
    if (!confirm(`${button.getAttribute("aria-label")}?`)) return;
    try {
      await change("DELETE", `/api/practice/${button.dataset.number}`, {});
      location.reload();
    } catch (error) {
      said.textContent = error.message;
    }
  });
}
