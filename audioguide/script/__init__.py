"""The script, its layout in time, and what a timeline says: chapters, tags, texts."""
