"""What `asv` times at each commit, by the public API alone, so that older commits can be timed, too."""
