"""Checks for closed eyes and for safety, on a routine, its script and its estimated timeline."""
