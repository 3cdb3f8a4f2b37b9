"""Measurements on decoded samples."""
