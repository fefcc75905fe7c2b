"""Consumes messages of a broker in windows and stores a table."""
