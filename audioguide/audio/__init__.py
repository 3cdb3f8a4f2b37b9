"""Sound as samples: clips, their loudness, and their sample rate."""
