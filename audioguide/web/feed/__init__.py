"""The routines as a podcast: what an episode is, when it was published, and how that is written as RSS."""
