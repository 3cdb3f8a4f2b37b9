"""Voices that were added on this machine: what there is to add, where it is kept, how it gets there."""
