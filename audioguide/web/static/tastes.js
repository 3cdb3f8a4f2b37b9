// Two buttons for an exercise: one that is pressed again is taken back.
import { change } from "/static/change.js";

const said = document.getElementById("tasted");
const SAID = {
  like: "You will get it more often from the next session on.", dislike: "You will get it only where nothing else fits.",
  "": "Taken back.",
};

for (const group of document.querySelectorAll("[data-taste]")) {
  for (const button of group.querySelectorAll("button")) {
    button.hidden = "fixed" in group.dataset;
    button.addEventListener("click", async () => {
      const taste = button.getAttribute("aria-pressed") === "true" ? "" : button.value;
      try {
        await change("PUT", `/api/taste/${encodeURIComponent(group.dataset.taste)}`, { taste });
        for (const each of group.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each.value === taste));
        said.textContent = `${group.getAttribute("aria-label")}: ${SAID[taste]}`;
      } catch (error) {
        said.textContent = error.message;
      }
    });
  }
}
