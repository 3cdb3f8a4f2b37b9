"""The words of the library: parts of the body, equipment, positions, and what people write for them."""
