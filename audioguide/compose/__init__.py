"""A session made for you: wishes in, an ordinary routine of included exercises out."""
