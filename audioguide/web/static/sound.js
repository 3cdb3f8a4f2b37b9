// The sound of a version: the whole file, or its start while the rest is still being spoken. That start has no
// length and cannot be sought in: another place of it is another request, which begins there.
const SOON = 700; // ms between two questions how far it is
const NEAR = 0.2; // s; so close to what is not spoken, there is nothing to hear
const LATER = 3000; // where the network fails

export class Sound {
  // `ask(link)` returns JSON; `page` has what it does: made(state), known(view, whole), failed(error).
  constructor(audio, ask, page) {
    this.audio = audio;
    this.ask = ask;
    this.page = page;
    this.links = null; // of what is loaded
    this.base = 0; // the second at which what is loaded begins
    this.streamed = false; // what is loaded has no end yet, or had none
    this.whole = false;
    this.certain = 0; // up to this second it is spoken
    this.goal = null; // where to go once that is spoken
    audio.addEventListener("loadedmetadata", () => { this.streamed = !Number.isFinite(audio.duration); });
  }

  get loaded() {
    return this.links?.audio ?? "";
  }

  get time() {
    return this.base + this.audio.currentTime;
  }

  // In seconds; undefined where only the timeline can tell.
  get length() {
    const { duration } = this.audio;
    return !this.streamed && Number.isFinite(duration) ? duration : undefined;
  }

  // Load a version, from second `at` on.
  load(links, at = 0) {
    this.links = links;
    this.whole = false;
    this.certain = 0;
    this.goal = null;
    this.open(links.live, at);
    this.watch(links);
  }

  unload() {
    this.links = null;
    this.goal = null;
  }

  open(link, from = 0) {
    this.base = from;
    this.streamed = false;
    this.audio.src = from ? `${link}${link.includes("?") ? "&" : "?"}from=${from.toFixed(3)}` : link;
    this.audio.load();
  }

  // Load the whole file in place of its start; it begins at second `at`.
  finish(at) {
    const { audio } = this;
    const links = this.links;
    this.open(links.audio);
    audio.preload = "auto";
    audio.addEventListener(
      "loadedmetadata", () => { if (this.links === links) audio.currentTime = at; }, { once: true },
    );
  }

  // After a pause, the whole file is better than its start: it has a length.
  play() {
    if (this.streamed && this.whole) this.finish(this.time);
    return this.audio.play();
  }

  // Go to the second that `where()` returns; it may move until it is spoken.
  async go(where) {
    const to = Math.max(0, where());
    if (!this.links) return;
    const playing = !this.audio.paused || this.goal?.playing;
    this.goal = null;
    if (!this.whole && to > this.certain - NEAR) {
      this.goal = { where, playing };
      this.audio.pause();
    } else if (this.whole && (this.streamed || this.base)) {
      this.finish(to);
    } else if (!this.whole) {
      this.open(this.links.live, to);
    } else {
      await this.begun();
      this.audio.currentTime = to;
      return;
    }
    if (playing && !this.goal) await this.audio.play().catch(() => {});
  }

  begun() {
    if (this.audio.readyState >= 1) return Promise.resolve();
    this.audio.preload = "auto";
    return new Promise((done) => this.audio.addEventListener("loadedmetadata", done, { once: true }));
  }

  async watch(links) {
    let seen = 0;
    while (this.links === links) {
      let wait = SOON;
      try {
        const state = await this.ask(`${links.ready}${links.ready.includes("?") ? "&" : "?"}seen=${seen}`);
        if (this.links !== links) return;
        if (state.whole) break;
        if (state.view) {
          this.certain = state.certain;
          seen = state.spoken;
          this.page.known(state.view, false);
        }
        this.page.made(state);
        this.follow();
      } catch (error) {
        if (this.links !== links) return;
        if (!(error instanceof TypeError)) return this.page.failed(error);
        wait = LATER;
      }
      await new Promise((done) => setTimeout(done, wait));
    }
    if (this.links !== links) return;
    this.page.made(null);
    try {
      const view = await this.ask(links.words);
      if (this.links !== links) return;
      this.whole = true;
      this.certain = view.length;
      this.page.known(view, true);
      this.follow();
    } catch (error) {
      this.page.failed(error);
    }
  }

  // Go where the listener wanted to go, now that it is spoken.
  follow() {
    if (!this.goal || (!this.whole && this.goal.where() > this.certain - NEAR)) return;
    const { where, playing } = this.goal;
    this.goal = null;
    this.go(where).then(() => playing && this.audio.play().catch(() => {}));
  }
}
