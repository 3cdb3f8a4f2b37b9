"""The prose linter: plain words in everything that somebody reads."""
