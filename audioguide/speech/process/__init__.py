"""The processes that speak: what can end or hang its process lives in one of its own."""
