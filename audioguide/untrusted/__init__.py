"""What a file or a text of a stranger may bring: characters that act, pipes and devices."""
