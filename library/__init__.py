"""For people who add routines: what one still lacks, and the page that lists them all."""
