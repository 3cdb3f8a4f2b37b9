"""Shapes, text and scales of a picture, as SVG or PNG."""
