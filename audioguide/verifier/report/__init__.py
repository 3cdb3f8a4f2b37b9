"""What the verifier says of a file: in lines, in JSON, as a picture."""
