"""The routine language: YAML in, a checked Routine out."""
