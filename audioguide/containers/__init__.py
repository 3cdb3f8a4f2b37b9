"""Other files than MP3: the mixed sound as a stream of samples, and M4B, Opus, FLAC and WAV made of it."""
