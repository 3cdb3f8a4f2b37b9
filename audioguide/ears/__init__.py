"""A listener: a recogniser hears what a voice said, and what it heard is compared with what was written."""
