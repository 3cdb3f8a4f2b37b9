"""Voices from neural models: a child process makes phonemes with espeak-ng and sound with onnxruntime."""
