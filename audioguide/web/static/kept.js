// Keeps what is not saved yet in this browser, and warns the tab that opens the same routine later.
const PREFIX = "audioguide.text.";

export class Kept {
  constructor(name, notice) {
    this.key = PREFIX + name;
    this.works = true;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(this.key) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data === "open") this.channel.postMessage("here");
      if (data === "here" && !this.warned) {
        this.warned = true;
        notice("This routine is open in another tab, too. Change it in one of them only.");
      }
      if (data === "saved") notice("Another tab has saved this routine. Reload the page to see what it saved.");
    });
    this.channel?.postMessage("open");
  }

  // `saved` is the text of the file, null for none; what was not changed needs no copy.
  keep(text, saved, etag) {
    try {
      if (text === saved) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ text, etag }));
    } catch {
      this.works = false; // private windows and full disks
    }
  }

  // What was kept and is not what the page shows; null for nothing.
  found(text) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      return kept && typeof kept.text === "string" && kept.text !== text ? kept.text : null;
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }

  // A pasted text waits in this tab until its exercises are found, also over a reload without a network.
  keepPasted(text) {
    try {
      if (text) sessionStorage.setItem(`${this.key}.pasted`, text);
      else sessionStorage.removeItem(`${this.key}.pasted`);
    } catch {
      // private windows and full disks: the field itself still has it
    }
  }

  pasted() {
    try {
      return sessionStorage.getItem(`${this.key}.pasted`) ?? "";
    } catch {
      return "";
    }
  }

  announce() {
    this.channel?.postMessage("saved");
  }
}
