"""Infers the columns of rows, and writes a row class for them into the code."""
