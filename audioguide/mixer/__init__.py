"""Clips and beds into samples: gain, fades, ducking. Knows nothing of MP3."""
