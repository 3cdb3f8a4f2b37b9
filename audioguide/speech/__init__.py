"""Speaking: engines that turn phrases into clips, and the cache that remembers them."""
