// Sends a change to the server; what goes wrong is thrown, in the server's words.
export async function change(method, link, body) {
  const answer = await fetch(link, {
    method, credentials: "same-origin", body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-audioguide": "1" },
  });
  const data = await answer.json().catch(() => ({ error: `the server said ${answer.status}` }));
  if (!answer.ok) throw new Error(data.error || data.faults?.[0]?.said || `the server said ${answer.status}`);
  return data;
}
