"""Where clips that are not speech come from: shipped sounds, a user's own files, breath tones."""
