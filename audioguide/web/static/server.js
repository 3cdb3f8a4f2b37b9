// Asks the server, and waits where the network is lost.
const RETRY = 3000;

export class Server {
  constructor(say) {
    this.say = say;
    this.lost = false;
  }

  async send(method, link, body, headers = {}) {
    const how = method === "GET" ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json", "x-audioguide": "1", ...headers } };
    for (;;) {
      try {
        const answer = await fetch(link, { method, credentials: "same-origin", ...how });
        if (this.lost) { this.lost = false; this.say("Connected again."); }
        const data = await answer.json().catch(() => ({ error: `the server said ${answer.status}` }));
        if (data.error) throw Object.assign(new Error(data.error), { status: answer.status });
        return { data, answer };
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        this.lost = true;
        this.say("No connection to audioguide. Your changes are kept in this browser; trying again …");
        await new Promise((done) => setTimeout(done, RETRY));
      }
    }
  }

  async ask(link) {
    return (await this.send("GET", link)).data;
  }
}
