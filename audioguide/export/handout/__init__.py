"""One HTML file to hand over: the sound, and what is said and held, in step with it."""
