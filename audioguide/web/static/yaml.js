// The text of a routine: line numbers, faults at their lines, and what is typed passed on.
const SOON = 350; // ms

export class View {
  constructor(text, numbers, faults, typed) {
    this.text = text;
    this.numbers = numbers;
    this.faults = faults;
    this.bad = new Set();
    this.typed = typed;
    this.waiting = 0;
    text.addEventListener("input", () => {
      this.number();
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.flush(), SOON);
    });
    text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; });
  }

  // Pass on at once what was typed a moment ago.
  flush() {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.typed(this.text.value);
  }

  show(value, findings) {
    if (!this.waiting && this.text.value !== value) this.text.value = value;
    this.bad = new Set(findings.filter((each) => each.level === "error").map((each) => each.line));
    this.faults.replaceChildren(...findings.map((each) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = each.level === "error" ? "fault" : "hint";
      button.textContent = `Line ${each.line}: ${each.said}`;
      button.addEventListener("click", () => this.leap(each.line, each.column));
      item.append(button);
      return item;
    }));
    this.number();
  }

  number() {
    this.numbers.replaceChildren(...this.text.value.split("\n").map((_, index) => {
      const item = document.createElement("span");
      item.textContent = `${index + 1}\n`;
      if (this.bad.has(index + 1)) item.className = "bad";
      return item;
    }));
    this.numbers.scrollTop = this.text.scrollTop;
  }

  leap(line, column) {
    const { text } = this;
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = text.value.indexOf("\n", before);
    text.focus();
    text.setSelectionRange(before + column - 1, end < 0 ? text.value.length : end);
    text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
  }
}
