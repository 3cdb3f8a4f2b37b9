"""The page that a phone opens: choose a routine, turn its settings, listen."""
