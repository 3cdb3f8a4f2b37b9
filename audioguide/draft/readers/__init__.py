"""Readers: from a file to blocks of text, or to passages where the file itself says what an exercise is."""
