"""The page that a phone opens: choose a routine, change its settings, listen."""
