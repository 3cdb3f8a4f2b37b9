"""The language of routines: its models, values and their checks."""
