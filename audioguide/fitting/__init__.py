"""How a routine comes to a wanted length: which settings turn, which pauses grow."""
