"""LAME, from the fastest place that has it."""
