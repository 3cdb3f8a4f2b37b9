"""From a routine and settings to a script: pure, without a voice."""
