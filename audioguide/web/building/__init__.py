"""The page that builds: from a text and an edit to cards, findings with their fixes, and a timeline."""
