"""What the server answers: pages, feeds, audio."""
