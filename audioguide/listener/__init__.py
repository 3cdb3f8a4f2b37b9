"""What the listener asked for: options, overlays, defaults, plans."""
