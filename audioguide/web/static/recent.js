// What was played last on this device: names of routines, the newest first. Nothing leaves the browser.
const KEY = "audioguide.recent";
const MOST = 6;

export function recent() {
  try {
    const names = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string").slice(0, MOST) : [];
  } catch {
    return []; // no storage here, or something else is in it
  }
}

export function played(name) {
  try {
    localStorage.setItem(KEY, JSON.stringify([name, ...recent().filter((each) => each !== name)].slice(0, MOST)));
  } catch {
    // A browser that stores nothing shows no list of these.
  }
}
