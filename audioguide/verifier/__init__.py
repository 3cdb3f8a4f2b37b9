"""The proof: what an MP3 really holds, measured without anything that made it."""
