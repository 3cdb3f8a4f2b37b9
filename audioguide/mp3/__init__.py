"""Sounds at exact ticks in, an MP3 file out: cut, mix, encode each island once, assemble."""
