"""Messages of a broker, window by window, into a table that is kept."""
