// Notes in the practice log that a routine was done; pressed again, it takes that back.
import { change } from "/static/change.js";

const button = document.getElementById("done");
const said = document.getElementById("done-said");
const name = document.getElementById("player").dataset.name;
let number = 0; // of the entry that was made last

document.getElementById("done-box").hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    if (number) {
      await change("DELETE", `/api/practice/${number}`, {});
      number = 0;
      said.textContent = "Taken back.";
    } else {
      ({ number } = await change("POST", `/api/done/${encodeURIComponent(name)}${location.search}`, {}));
      said.textContent = "It is in your practice log.";
    }
  } catch (error) {
    said.textContent = error.message;
  }
  button.textContent = number ? "Undo" : "Mark as done";
  button.disabled = false;
  button.focus();
});
