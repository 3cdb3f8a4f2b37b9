"""The timeline as a picture to print and hand over: SVG, and PNG made of it."""
