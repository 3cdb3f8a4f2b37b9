"""A table of clients in, a folder of files for each of them out: checked, shared out, resumable."""
