"""How well voices are understood, and how natural a listener model finds them."""
