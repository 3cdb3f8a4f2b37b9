"""From exercises written as text to routines: read, understand, rewrite for the ear, write."""
