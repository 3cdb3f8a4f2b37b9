"""Other faces of the timeline: text and JSON."""
