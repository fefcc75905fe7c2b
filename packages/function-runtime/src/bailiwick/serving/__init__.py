"""The HTTP server around an app's functions."""
