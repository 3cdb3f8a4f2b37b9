// Copies an address. Without it, the address can still be selected by hand.
const said = document.getElementById("copied");

async function copied(address) {
  // Browsers offer the clipboard to this machine and to https only, and a phone in the network has neither.
  if (navigator.clipboard) return navigator.clipboard.writeText(address.textContent).then(() => true, () => false);
  const range = document.createRange();
  range.selectNodeContents(address);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.setAttribute("aria-label", `Copy the address: ${button.closest("section").querySelector("h2").textContent}`);
  button.addEventListener("click", async () => {
    const done = await copied(button.parentElement.querySelector(".address"));
    said.textContent = done ? "Copied." : "This browser does not let a page copy: select the address and copy it.";
  });
}
