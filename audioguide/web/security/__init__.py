"""Who may ask, and how much: links, hosts, limits of requests."""
