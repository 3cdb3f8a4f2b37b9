"""Files on this machine: the cache, what it evicts, and writes that appear whole."""
