"""The voice pack: phrases of the routines that ship, spoken by a natural voice and stored as MP3 frames."""
