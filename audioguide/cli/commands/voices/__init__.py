"""`audioguide voices` and its commands."""
