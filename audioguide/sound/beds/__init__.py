"""Beds: what sounds softly under a whole file."""
