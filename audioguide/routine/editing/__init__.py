"""Edits of a routine's text that leave the rest of it, its comments and its order as they are."""
